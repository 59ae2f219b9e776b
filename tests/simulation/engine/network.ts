import type { ServerResponse } from 'node:http';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type Connect, type LineAnswer, LineError } from '../../../link/line.ts';
import type { Pressure } from './pressure.ts';
import type { Random } from './random.ts';
import { type Life, runIn } from './scope.ts';
import { type Carrier, SimLine, type Tap } from './simLine.ts';
import type { Trace } from './trace.ts';
import type { VirtualTime } from './virtualTime.ts';
import { CALM, type Weather } from './weather.ts';

/** As the real line has it (link/httpLine.ts). */
const SILENCE_MS = 40_000;
const REFUSED_MS = 2;

interface Host {
  app: FastifyInstance;
  life: Life;
}

/** Messages between machines: late, lost, twice, in another order, or cut off in one direction. */
export class Network implements Carrier {
  weather: Weather = CALM;
  /** Null: lines are wide, and nobody is asked too much. */
  pressure: Pressure | null = null;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #hosts = new Map<string, Host>();
  /** `from>to`: nothing arrives. */
  readonly #cut = new Set<string>();
  /** Machines whose cable is out: they know at once that nothing goes. */
  readonly #unplugged = new Set<string>();

  constructor(time: VirtualTime, random: Random, trace: Trace) {
    this.#time = time;
    this.#random = random;
    this.#trace = trace;
  }

  /** The server of a machine answers from here on under its name. */
  serve(name: string, app: FastifyInstance, life: Life): void {
    this.#hosts.set(name, { app, life });
  }

  /** Who answers under a name; whether anybody still runs there is for the asker to see. */
  hostOf(name: string): Host | undefined {
    return this.#hosts.get(name);
  }

  isCut(from: string, to: string): boolean {
    return this.#cut.has(`${from}>${to}`);
  }

  /** Nothing gets from one to the other any more. */
  cut(from: string, to: string): void {
    this.#cut.add(`${from}>${to}`);
  }

  /** The cable of a machine is pulled out. */
  unplug(name: string): void {
    this.#unplugged.add(name);
  }

  plug(name: string): void {
    this.#unplugged.delete(name);
  }

  heal(): void {
    this.#cut.clear();
    this.#unplugged.clear();
    this.weather = CALM;
    this.pressure?.end();
  }

  joined(from: string, to: string): void {
    this.#cut.delete(`${from}>${to}`);
  }

  /** Lines of one life of a machine. */
  connectFrom(from: string, life: Life, tap: Tap = {}): Connect {
    return (url) => new SimLine(this, from, new URL(url).hostname.toUpperCase(), life, tap);
  }

  /** One request to a machine and its answer, through whatever weather there is. */
  exchange(
    from: string,
    to: string,
    life: Life,
    options: InjectOptions,
    { deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal | undefined },
  ): Promise<LineAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<LineAnswer>();
    const what = `${options.method} ${String(options.url).split('?')[0]}`;
    if (this.#unplugged.has(from)) {
      this.#time.after(REFUSED_MS, () => reject(new LineError(new Error('ENETUNREACH'), false)), life);
      return promise;
    }
    this.#time.after(deadlineMs, () => reject(new LineError(new Error('TimeoutError'), true)), life);
    signal?.addEventListener('abort', () => reject(new LineError(new Error('AbortError'), true)), { once: true });
    const arrive = () => {
      const host = this.#hosts.get(to);
      if (!host || host.life.isOver) {
        const refused = new LineError(new Error('ECONNREFUSED'), false);
        this.#deliver(to, from, () => reject(refused), life, REFUSED_MS);
        return;
      }
      const busy = this.pressure?.turnAway() ?? null;
      if (busy) {
        this.#deliver(to, from, () => resolve(busy), life);
        return;
      }
      this.#time.activity += 1;
      const payload = options.payload && this.#damage(String(options.payload));
      const plain = { ...options, ...(payload && { payload }) };
      const asked = this.pressure?.pack(plain) ?? plain;
      // It begins with `await`: within the life of the machine that is asked.
      runIn(host.life, async () => await host.app.inject(asked)).then(
        (response) => {
          this.#time.activity += 1;
          if (host.life.isOver || life.isOver) return;
          const body = this.pressure?.unpack(response) ?? response.body;
          const answer: LineAnswer = {
            ok: response.statusCode >= 200 && response.statusCode < 300,
            status: response.statusCode,
            body: body === '' ? null : JSON.parse(this.#damage(body)),
            retryAfterMs: Number(response.headers['retry-after'] ?? 0) * 1000 || null,
          };
          if (this.#random.chance(this.weather.loseAnswer)) {
            this.#trace.count('answer lost after the work was done');
            this.#trace.note(`the answer of ${to} to ${from} is lost: ${what}`);
            return;
          }
          this.#deliver(to, from, () => resolve(answer), life);
        },
        () => {},
      );
    };
    this.#deliver(from, to, arrive, null);
    if (this.#random.chance(this.weather.duplicate)) {
      this.#trace.count('message twice');
      this.#trace.note(`${from} to ${to} arrives twice: ${what}`);
      this.#deliver(from, to, arrive, null);
    }
    return promise;
  }

  /** Hints from a machine, until it is gone or silent for long. */
  async *hints(from: string, to: string, life: Life, options: InjectOptions, signal: AbortSignal) {
    const waiting: (string | null)[] = [];
    let wake = () => {};
    let heardAt = this.#time.now;
    const give = (data: string | null) => {
      waiting.push(data);
      wake();
    };
    const gone = new AbortController();
    signal.addEventListener('abort', () => give(null), { once: true });
    const watch = () => {
      if (signal.aborted) return;
      if (this.#time.now - heardAt >= SILENCE_MS) return give(null);
      this.#time.after(SILENCE_MS - (this.#time.now - heardAt), watch, life);
    };
    this.#time.after(SILENCE_MS, watch, life);
    this.#deliver(
      from,
      to,
      () =>
        this.#stream(from, to, life, options, gone.signal, (data) => {
          heardAt = this.#time.now;
          if (data !== '') give(data);
        }),
      null,
    );
    try {
      for (;;) {
        while (waiting.length > 0) {
          const data = waiting.shift();
          if (data === null || data === undefined) return;
          yield JSON.parse(data) as unknown;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      gone.abort();
    }
  }

  /** @param gone whoever listens does so no longer */
  #stream(
    from: string,
    to: string,
    life: Life,
    options: InjectOptions,
    gone: AbortSignal,
    give: (data: string | null) => void,
  ): void {
    const host = this.#hosts.get(to);
    const end = () => this.#deliver(to, from, () => give(null), life, REFUSED_MS);
    if (!host || host.life.isOver) {
      end();
      return;
    }
    this.#time.activity += 1;
    const streamed = { ...options, payloadAsStream: true } as InjectOptions;
    const ask = async () =>
      (await host.app.inject(streamed)) as unknown as {
        statusCode: number;
        raw: { res: ServerResponse };
        stream(): NodeJS.ReadableStream;
      };
    runIn(host.life, ask).then(
      (response) => {
        this.#time.activity += 1;
        if (response.statusCode !== 200) return end();
        const stream = response.stream();
        // Not before it has begun: nobody would catch the error of what was broken off then.
        const hangUp = () => response.raw.res.destroy(new Error('AbortError'));
        if (gone.aborted) hangUp();
        else gone.addEventListener('abort', hangUp, { once: true });
        stream.on('data', (chunk: Buffer) => {
          if (host.life.isOver) return;
          this.#time.activity += 1;
          for (const message of String(chunk).split('\n\n')) {
            const data = /^event: hint\ndata: (.*)$/.exec(message)?.[1] ?? '';
            if (message === '') continue;
            if (data !== '' && this.#random.chance(this.weather.loseHint)) {
              this.#trace.count('hint lost');
              continue;
            }
            this.#deliver(to, from, () => give(data), life);
          }
        });
        stream.on('end', end);
        stream.on('error', () => {});
      },
      () => end(),
    );
  }

  /** Ops carry hashes against this; nothing else is touched. */
  #damage(text: string): string {
    if (!this.#random.chance(this.weather.damage) || !text.includes('"备注')) return text;
    this.#trace.count('op damaged on the way');
    return text.replace(/"备注\d/, (found) => `"备注${(Number(found.at(-1)) + 1) % 10}`);
  }

  #deliver(from: string, to: string, arrive: () => void, life: Life | null, minMs = 0): void {
    const { weather } = this;
    const isSlow = this.#random.chance(weather.slow);
    const delay = minMs + 1 + this.#random.int(0, isSlow ? 4000 : 12);
    const isLost = this.#random.chance(weather.drop);
    if (isSlow) this.#trace.count('message late');
    if (isLost) {
      this.#trace.count('message lost');
      return;
    }
    this.#time.after(
      delay,
      () => {
        const isThrough = !this.#cut.has(`${from}>${to}`) && !this.#unplugged.has(from) && !this.#unplugged.has(to);
        if (isThrough) arrive();
        else this.#trace.count('message at a broken line');
      },
      life,
    );
  }
}
