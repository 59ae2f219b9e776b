import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Chance } from '../../tools/day/random.ts';

/** A network that does to each connection what networks do, by a seed, from `begin` to `calm`. */

export const FAULTS = [
  'cut',
  'half-open',
  'delay',
  'dribble',
  'reset-in-answer',
  'garbage-before-answer',
  'duplicate',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultyProxy {
  url: string;
  /** How many connections each fault has befallen. */
  readonly tally: ReadonlyMap<Fault, number>;
  /** From here on each new connection suffers; those of before end. */
  begin(): void;
  /** From here on nothing is wrong; connections of before end. */
  calm(): void;
  close(): Promise<void>;
}

/** A fault comes within so many bytes of its direction: in the headers, or in the body. */
const WITHIN_BYTES = 1500;
/** No connection outlives so many: else the first one that is spared would carry everything from then on. */
const LIFE_BYTES = 12_000;
const HALF_OPEN_MS = 2500;
const DELAY_MS = 120;
/** Then the rest as it comes: one byte at a time takes as long as a fault can be interesting. */
const DRIBBLED_BYTES = 600;

/** @param target the address behind it */
export async function startFaultyProxy(target: string, chance: Chance): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  const dial = () => connect(Number(port), hostname);
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const tally = new Map<Fault, number>(FAULTS.map((fault) => [fault, 0]));
  let isCalm = true;
  let ahead: Fault[] = [];

  const keep = (socket: Socket): Socket => {
    sockets.add(socket.setNoDelay());
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    return socket;
  };
  const later = (ms: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  };
  /** Each fault once, in a new order each time. */
  const nextFault = (): Fault | null => {
    if (isCalm) return null;
    if (ahead.length === 0) {
      const all = FAULTS.map((fault) => ({ fault, at: chance.next() }));
      ahead = all.sort((a, b) => a.at - b.at).map(({ fault }) => fault);
    }
    return ahead.pop() ?? null;
  };

  const server = createServer((near) => {
    keep(near);
    const far = keep(dial());
    const fault = nextFault();
    // What nobody sends anything over has not suffered.
    near.once('data', () => fault && tally.set(fault, (tally.get(fault) ?? 0) + 1));
    const end = () => {
      near.destroy();
      far.destroy();
    };
    near.on('close', end);
    far.on('close', end);
    const there: Pipe = (chunk) => far.write(chunk);
    const back: Pipe = (chunk) => near.write(chunk);
    const [toFar, toNear] = [there, back].map((pipe, answer) => suffer(fault, pipe, answer === 1, end, near)) as [
      Pipe,
      Pipe,
    ];
    let life = fault === null ? Number.POSITIVE_INFINITY : chance.between(WITHIN_BYTES, LIFE_BYTES);
    const age = (chunk: Buffer): void => {
      life -= chunk.length;
      if (life < 0) end();
    };
    near.on('data', toFar).on('data', age);
    far.on('data', toNear).on('data', age);
    if (fault === 'duplicate') {
      const twin = keep(dial());
      near.on('data', (chunk) => twin.write(chunk));
      near.on('close', () => twin.destroy());
      twin.resume();
    }
  });

  type Pipe = (chunk: Buffer) => void;
  function suffer(fault: Fault | null, pipe: Pipe, isAnswer: boolean, end: () => void, near: Socket): Pipe {
    let left = chance.between(0, WITHIN_BYTES);
    /** Lets through what comes before the fault; @returns whether it has come */
    const isOver = (chunk: Buffer): boolean => {
      const before = chunk.subarray(0, left);
      if (before.length > 0) pipe(before);
      left -= before.length;
      return before.length < chunk.length;
    };
    const hitsAnswer = chance.next() < 0.5;
    switch (fault) {
      case 'cut':
        return isAnswer === hitsAnswer ? (chunk) => isOver(chunk) && end() : pipe;
      case 'half-open': {
        let isStill = false;
        return (chunk) => {
          if (isStill || !isOver(chunk)) return;
          isStill = true;
          later(HALF_OPEN_MS, end);
        };
      }
      case 'delay': {
        // In order: each waits for the one before.
        let free = 0;
        return (chunk) => {
          free = Math.max(free, performance.now()) + chance.next() * DELAY_MS;
          later(free - performance.now(), () => pipe(chunk));
        };
      }
      case 'dribble': {
        let dribbled = 0;
        return (chunk) => {
          for (const [at, byte] of chunk.entries()) {
            if (dribbled++ >= DRIBBLED_BYTES) return pipe(chunk.subarray(at));
            pipe(Buffer.of(byte));
          }
        };
      }
      case 'reset-in-answer':
        return isAnswer ? (chunk) => isOver(chunk) && near.resetAndDestroy() : pipe;
      case 'garbage-before-answer': {
        let isFirst = true;
        return (chunk) => {
          if (isAnswer && isFirst) pipe(Buffer.from(Array.from({ length: 40 }, () => chance.between(0, 255))));
          isFirst = false;
          pipe(chunk);
        };
      }
      default:
        return pipe;
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dropAll = (): void => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tally,
    begin() {
      isCalm = false;
      dropAll();
    },
    calm() {
      isCalm = true;
      dropAll();
    },
    async close() {
      dropAll();
      server.close();
      await once(server, 'close');
    },
  };
}
