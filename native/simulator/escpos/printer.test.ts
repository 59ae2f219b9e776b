import { describe, expect, it } from 'vitest';
import { textLines } from './ops.ts';
import { EscposPrinter, type PrinterOptions } from './printer.ts';
import { TICKET_A012 } from './ticketA012.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const PROCESS_ID_0007 = '37223030303700';
const ask = bytes('100401 100402 100403 100404');

function printerWithLog(options: Partial<PrinterOptions> = {}) {
  const answers: string[] = [];
  const printer = new EscposPrinter({
    answer: (answer) => answers.push(Buffer.from(answer).toString('hex')),
    ...options,
  });
  return { printer, answers };
}

/** Time that passes only when told. */
function handDriven() {
  const waiting: { ms: number; go: () => void }[] = [];
  return {
    delay: (ms: number) => new Promise<void>((go) => waiting.push({ ms, go })),
    /** Lets the step under way end; false when none is. */
    step: async () => {
      const next = waiting.shift();
      next?.go();
      await new Promise((resolve) => setImmediate(resolve));
      return next !== undefined;
    },
  };
}

describe('status (devices.md §2.4)', () => {
  it.each([
    ['ok', false, '12 12 12 12'],
    ['near-end', false, '12 12 12 1e'],
    ['out', false, '1a 32 12 7e'],
    ['ok', true, '1a 16 12 12'],
    ['out', true, '1a 36 12 7e'],
  ] as const)('with paper %s and cover open %s answers %s', (paper, coverOpen, expected) => {
    const { printer, answers } = printerWithLog();
    printer.setMedia(paper, coverOpen);
    printer.receive(ask);
    expect(answers.join(' ')).toBe(expected);
  });

  it('is answered from the middle of a raster, which stays whole', () => {
    const { printer, answers } = printerWithLog();
    printer.receive(bytes('1D763000 0400 0100 FF1004'));
    expect(answers).toEqual([]);
    printer.receive(bytes('01'));
    expect(answers).toEqual(['12']);
    expect(printer.unfinished).toMatchObject([{ kind: 'raster', rows: bytes('FF100401') }]);
  });

  it('is answered at once although paper is out and a job waits, unlike GS r', () => {
    const { printer, answers } = printerWithLog();
    printer.setMedia('out', false);
    printer.receive(bytes('410A 1D7201 100401'));
    expect(answers).toEqual(['1a']);
    printer.setMedia('near-end', false);
    expect(answers).toEqual(['1a', '03']);
    expect(textLines(printer.unfinished)).toEqual(['A']);
  });

  it('says by GS r that paper is out when nothing is left to print', () => {
    const { printer, answers } = printerWithLog();
    printer.receive(bytes('1D7201'));
    printer.setMedia('out', false);
    printer.receive(bytes('1D7201 1D7202'));
    expect(answers).toEqual(['00', '0c', '00']);
  });
});

describe('a job', () => {
  it('comes out as one slip, then its process id is answered', () => {
    const { printer, answers } = printerWithLog();
    printer.receive(TICKET_A012);
    expect(printer.slips).toHaveLength(1);
    expect(printer.slips[0]).toMatchObject({
      number: 1,
      cut: true,
      lines: ['测试政务大厅', 'A012', '前面等候3人'],
      qr: ['https://e.cn/t?A012'],
      barcodes: [],
    });
    expect(answers).toEqual([PROCESS_ID_0007]);
  });

  it('keeps its own bytes, without the requests around and inside it', () => {
    const { printer } = printerWithLog();
    const job = TICKET_A012.subarray(0, 124);
    printer.receive(
      Buffer.concat([ask, job.subarray(0, 12), bytes('100401'), job.subarray(12), TICKET_A012.subarray(124)]),
    );
    expect(printer.slips[0]?.bytes).toEqual(job);
  });

  it('without a cut ends where the next begins', () => {
    const { printer } = printerWithLog();
    printer.receive(bytes('1B40 410A 1B40 420A 1D5600 1D5600'));
    expect(printer.slips).toMatchObject([
      { number: 1, cut: false, lines: ['A'] },
      { number: 2, cut: true, lines: ['B'] },
    ]);
  });

  it('stops when paper runs out and goes on when it is back', async () => {
    const clock = handDriven();
    const { printer, answers } = printerWithLog({ speed: () => 100, delay: clock.delay });
    printer.receive(TICKET_A012);
    await clock.step();
    printer.setMedia('out', false);
    while (await clock.step());
    expect(textLines(printer.unfinished)).toEqual(['测试政务大厅']);
    expect(printer.state).toMatchObject({ paper: 'out', offline: true });
    printer.setMedia('ok', false);
    while (await clock.step());
    expect(printer.slips).toHaveLength(1);
    expect(answers).toEqual([PROCESS_ID_0007]);
  });

  it('takes its time, and the process id waits for the paper', async () => {
    const clock = handDriven();
    const { printer, answers } = printerWithLog({ speed: () => 100, delay: clock.delay });
    printer.receive(TICKET_A012);
    let steps = 0;
    while (answers.length === 0 && (await clock.step())) steps += 1;
    expect(steps).toBe(5); // three lines, the QR code, the feed
    expect(answers).toEqual([PROCESS_ID_0007]);
  });

  it('cleared by DLE ENQ 2 loses what was not printed, and its process id for ever', async () => {
    const clock = handDriven();
    const { printer, answers } = printerWithLog({ speed: () => 100, delay: clock.delay });
    printer.receive(TICKET_A012);
    await clock.step();
    printer.receive(bytes('100502'));
    expect(printer.state.queued).toBe(0);
    while (await clock.step());
    expect(textLines(printer.unfinished)).toEqual(['测试政务大厅']);
    expect(answers).toEqual([]);
    printer.receive(TICKET_A012);
    while (await clock.step());
    expect(printer.slips.map((slip) => [slip.cut, slip.lines.length])).toEqual([
      [false, 1],
      [true, 3],
    ]);
    expect(answers).toEqual([PROCESS_ID_0007]);
  });

  it('is not hurried by a step that was under way when the printer was cleared', async () => {
    const clock = handDriven();
    const { printer } = printerWithLog({ speed: () => 100, delay: clock.delay });
    printer.receive(Buffer.concat([TICKET_A012, bytes('100502'), TICKET_A012]));
    await clock.step(); // the forgotten one
    expect(printer.unfinished.map((op) => op.kind)).toEqual(['init', 'text']);
    await clock.step();
    expect(printer.unfinished.map((op) => op.kind)).toEqual(['init', 'text', 'feed', 'text']);
  });

  it('cleared while half received leaves the printer ready for the next', () => {
    const { printer } = printerWithLog();
    printer.receive(TICKET_A012.subarray(0, 95)); // inside the QR data
    printer.receive(bytes('100502'));
    printer.receive(TICKET_A012);
    expect(printer.slips.map((slip) => slip.lines.length)).toEqual([3, 3]);
    expect(printer.slips[1]?.ops.map((op) => op.kind)).not.toContain('unknown');
  });
});
