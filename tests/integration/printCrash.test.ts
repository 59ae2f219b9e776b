import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { Store } from '../../db/store.ts';
import { verifyDatabase } from '../../db/verify.ts';
import type { PrintOpKind } from '../../domain/printJob/types.ts';
import { type Bundles, buildBundles } from '../fixtures/bundles.ts';
import type { DeskCommand, Stop } from '../fixtures/printDesk.ts';
import { DeskProcess, until } from '../fixtures/printDeskProcess.ts';
import { putPrintedCase } from '../fixtures/printedCase.ts';
import { preparedPrint } from '../fixtures/printJob.ts';
import { type PrintSink, startPrintSink } from '../fixtures/printSink.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/**
 * A power cut at every step of a print and at any byte of it: the process with the store, or the devices process, ends by
 * kill -9, 500 times. What reached the printer is counted at the far end of the line, by itself.
 */

const ROUNDS = 500;
const ROUNDS_PER_STORE = 50;
const LANES = 4;
const at = (kind: PrintOpKind, where: Stop['where']): Stop => ({ kind, where });

/** Where it is cut. `dies` says which process; a stop holds it still at a step, else the cut comes at a random byte. */
const CUTS = [
  ...(['inside', 'after'] as const).flatMap((where) => [
    { name: `print.prepared ${where}`, dies: 'service', during: 'print', stop: at('print.prepared', where) } as const,
    { name: `print.sending ${where}`, dies: 'service', during: 'print', stop: at('print.sending', where) } as const,
    { name: `print.sent ${where}`, dies: 'service', during: 'print', stop: at('print.sent', where) } as const,
    {
      name: `print.confirmed ${where}`,
      dies: 'service',
      during: 'confirm',
      stop: at('print.confirmed', where),
    } as const,
    { name: `print.spoiled ${where}`, dies: 'service', during: 'spoil', stop: at('print.spoiled', where) } as const,
    { name: `print.unknown ${where}`, dies: 'service', during: 'recovery', stop: at('print.unknown', where) } as const,
    { name: `print.dropped ${where}`, dies: 'service', during: 'drop', stop: at('print.dropped', where) } as const,
  ]),
  ...[1, 2, 3].map((n) => ({ name: `a byte, service ${n}`, dies: 'service', during: 'print' }) as const),
  ...[1, 2, 3, 4, 5, 6].map((n) => ({ name: `a byte, devices ${n}`, dies: 'devices', during: 'print' }) as const),
  { name: 'all sent, devices', dies: 'devices', during: 'look' } as const,
  { name: 'before it, devices', dies: 'devices', during: 'before' } as const,
  { name: 'nothing', dies: 'nobody', during: 'print' } as const,
];

let bundles: Bundles;
beforeAll(async () => {
  bundles = await buildBundles('print-crash', { desk: 'tests/fixtures/printDesk.ts', devices: 'native/main.ts' });
}, 60_000);
afterAll(() => bundles.remove());

test('500 cuts: no blank is printed twice, none is lost, and a person can settle every job', async () => {
  const tally = new Map<string, number>();
  const stores = Array.from({ length: ROUNDS / ROUNDS_PER_STORE }, (_, index) => index);
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let index = stores.shift(); index !== undefined; index = stores.shift()) await runStore(index, tally);
    }),
  );
  expect([...tally.values()].reduce((sum, each) => sum + each, 0)).toBe(ROUNDS);
  // Every cut happened, and jobs came to every end there is.
  for (const { name } of CUTS) expect(tally.get(name) ?? 0, name).toBeGreaterThan(ROUNDS / CUTS.length - 3);
}, 600_000);

async function runStore(index: number, tally: Map<string, number>): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-cut-'));
  const sink = await startPrintSink();
  const sheets = fillStore(dir, index);
  const desk = new DeskProcess(bundles.dir, dir, sink);
  try {
    await desk.start();
    for (const [round, sheet] of sheets.entries()) {
      const cut = CUTS[(index * ROUNDS_PER_STORE + round) % CUTS.length];
      if (!cut) throw new Error('no cut');
      await new Round(desk, sink, sheet, cut).run();
      tally.set(cut.name, (tally.get(cut.name) ?? 0) + 1);
    }
    await desk.stop();
    expectSettled(dir, sheets);
  } finally {
    desk.end();
    await sink.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Sheet {
  caseId: string;
  certificate: string;
  blank: string;
  bytes: Buffer;
  /** How often it came to the printer: its beginning, and all of it. */
  begun: number;
  whole: number;
}

const head = (blank: string) => Buffer.from(`<<sheet ${blank}>>`);
const tail = (blank: string) => Buffer.from(`<<end ${blank}>>`);

/** Fifty cases that wait at the printer, each with its blank, in a file of their own. */
function fillStore(dir: string, index: number): Sheet[] {
  const store = Store.open({ dir, keyHex: TEST_KEY, now: Date.now, newId: v7 });
  const sheets = store.ledger.transact(() =>
    Array.from({ length: ROUNDS_PER_STORE }, (_, round): Sheet => {
      const sequence = index * ROUNDS_PER_STORE + round + 1;
      const number = `2026112307${String(sequence).padStart(4, '0')}`;
      const certificate = `吉(2026)辽源市不动产证明第${String(sequence).padStart(7, '0')}号`;
      const blank = `Z${22_000_000_000 + sequence}`;
      putPrintedCase((stream, kind, actor, body) => store.ledger.append({ kind, stream, actor, body }), {
        number,
        certificate,
        blank,
      });
      const filler = randomBytes(512 + Math.floor(Math.random() * 8_000));
      const bytes = Buffer.concat([head(blank), filler, tail(blank)]);
      return { caseId: store.cases.find(number)?.record.id ?? '', certificate, blank, bytes, begun: 0, whole: 0 };
    }),
  );
  store.close();
  return sheets;
}

/** After all rounds, from the file and from the far end of the line. */
function expectSettled(dir: string, sheets: readonly Sheet[]): void {
  const db = openDatabase({ file: path.join(dir, 'yichuang.db'), keyHex: TEST_KEY, readonly: true });
  expect(verifyDatabase(db)).toEqual([]);
  const jobs = db.prepare('SELECT blank, state, fed FROM print_job').all() as {
    blank: string;
    state: string;
    fed: number;
  }[];
  for (const { blank, begun, whole } of sheets) {
    const own = jobs.filter((job) => job.blank === blank);
    expect(begun, `${blank} was begun`).toBeLessThanOrEqual(1);
    expect(own.filter(({ fed }) => fed === 1).length, `${blank} was fed`).toBeLessThanOrEqual(1);
    if (begun === 1)
      expect(
        own.some(({ fed }) => fed === 1),
        `${blank} is known`,
      ).toBe(true);
    const ends = own.map(({ state }) => state).filter((state) => state !== 'DROPPED');
    expect(ends, `${blank} is settled`).toEqual([expect.stringMatching(/^(CONFIRMED|SPOILED)$/)]);
    if (ends[0] === 'CONFIRMED') expect(whole, `${blank} is whole`).toBe(1);
  }
  db.close();
}

/** One certificate, one cut, and a person who settles what is left. */
class Round {
  readonly #desk: DeskProcess;
  readonly #sink: PrintSink;
  readonly #sheet: Sheet;
  readonly #cut: (typeof CUTS)[number];
  #job = v7();

  constructor(desk: DeskProcess, sink: PrintSink, sheet: Sheet, cut: (typeof CUTS)[number]) {
    this.#desk = desk;
    this.#sink = sink;
    this.#sheet = sheet;
    this.#cut = cut;
  }

  async run(): Promise<void> {
    switch (this.#cut.during) {
      case 'print':
        if ('stop' in this.#cut) await this.#desk.cutAt(this.#print(this.#cut.stop));
        else await this.#printUntilByte();
        break;
      case 'before':
        await this.#desk.ask({ what: 'open' });
        await this.#desk.killDevices();
        expect(await this.#desk.ask(this.#print())).toMatch(/^(null|certificate-not-started|service-restarting)$/);
        await this.#desk.renewDevices();
        break;
      case 'look':
        await this.#printWhole();
        await this.#desk.killDevices();
        await this.#desk.renewDevices();
        expect(this.#desk.jobOf(this.#sheet.blank)?.state).toBe('UNKNOWN');
        break;
      case 'confirm':
        await this.#printWhole();
        await this.#desk.cutAt({ what: 'confirm', job: this.#job, serial: this.#sheet.blank, stop: this.#cut.stop });
        break;
      case 'spoil':
        await this.#printWhole();
        await this.#desk.cutAt({ what: 'spoil', job: this.#job, stop: this.#cut.stop });
        break;
      case 'recovery':
        await this.#desk.cutAt(this.#print(at('print.sending', 'after')), this.#cut.stop);
        break;
      case 'drop':
        await this.#desk.cutAt(this.#print(at('print.prepared', 'after')));
        await this.#desk.cutAt({ what: 'drop', job: this.#job, stop: this.#cut.stop });
        break;
    }
    await this.#settle();
    // Whatever else came in this round would be a sheet of another one, printed again.
    expect(this.#sink.count(Buffer.from('<<sheet '))).toBe(this.#sink.count(head(this.#sheet.blank)));
    this.#sheet.begun = this.#sink.count(head(this.#sheet.blank));
    this.#sheet.whole = this.#sink.count(this.#sheet.bytes);
    this.#sink.clear();
  }

  #print(stop?: Stop): DeskCommand {
    const { bytes, caseId, certificate, blank } = this.#sheet;
    const about = { caseId, certificate, blank };
    const prepared = preparedPrint({ ...about, bytes: bytes.length });
    const command = { what: 'print', job: this.#job, prepared, bytes: bytes.toString('base64') } as const;
    return stop ? { ...command, stop } : command;
  }

  async #printWhole(): Promise<void> {
    expect(await this.#desk.ask(this.#print())).toBe('null');
    await until(() => this.#sink.count(tail(this.#sheet.blank)) === 1);
  }

  async #printUntilByte(): Promise<void> {
    const answered = this.#desk.ask(this.#print());
    if (this.#cut.dies === 'nobody') {
      expect(await answered).toBe('null');
      return;
    }
    await this.#sink.reached(1 + Math.floor(Math.random() * this.#sheet.bytes.length));
    if (this.#cut.dies === 'service') {
      await this.#desk.kill();
      await this.#desk.start();
      return;
    }
    await this.#desk.killDevices();
    expect(await answered).toMatch(/^(null|certificate-interrupted|service-restarting)$/);
    await this.#desk.renewDevices();
  }

  /** What a person does who comes to the desk: looks at the paper, and answers; never is anything sent by itself. */
  async #settle(): Promise<void> {
    const { blank, bytes } = this.#sheet;
    for (let step = 0; step < 6; step += 1) {
      const job = this.#desk.jobOf(blank);
      const isWhole = this.#sink.count(bytes) === 1;
      if (!job) {
        if (this.#isOver()) return;
        // Nothing was prepared, or it was put down: the sheet is clean.
        expect(this.#sink.count(head(blank)), `${this.#cut.name}: ${blank} is clean`).toBe(0);
        this.#job = v7();
        expect(await this.#desk.ask(this.#print())).toMatch(/^(null|blank-used)$/);
        if (this.#desk.jobOf(blank) === null) return;
      } else if (job.state === 'PREPARED') {
        expect(this.#sink.count(head(blank)), `${this.#cut.name}: ${blank} is clean`).toBe(0);
        await this.#expectOthersRefused();
        if (!job.fed && step === 0 && Number(blank.slice(-1)) % 2 === 0)
          await this.#desk.ask({ what: 'drop', job: job.id });
        else {
          this.#job = job.id;
          await this.#desk.ask(this.#print());
        }
      } else {
        expect(job.state).toMatch(/^(SENT|UNKNOWN)$/);
        await this.#expectOthersRefused();
        if (job.state === 'SENT') await until(() => this.#sink.count(tail(blank)) === 1, this.#cut.name);
        const answer = this.#sink.count(bytes) === 1 || isWhole ? 'confirm' : 'spoil';
        const asked =
          answer === 'confirm'
            ? ({ what: answer, job: job.id, serial: blank } as const)
            : { what: answer, job: job.id };
        expect(await this.#desk.ask(asked as DeskCommand)).toBe('null');
        return;
      }
    }
    throw new Error(`${this.#cut.name}: nobody can settle ${blank}`);
  }

  /** It was confirmed or spoiled right before the cut. */
  #isOver(): boolean {
    return this.#sink.count(head(this.#sheet.blank)) === 1;
  }

  /** Another job for the same sheet and number. */
  async #expectOthersRefused(): Promise<void> {
    const before = this.#sink.count(head(this.#sheet.blank));
    const command = { ...this.#print(), job: v7() } as DeskCommand;
    expect(await this.#desk.ask(command)).toMatch(/^(blank-used|print-open)$/);
    expect(this.#sink.count(head(this.#sheet.blank))).toBe(before);
  }
}
