import { describe, expect, test } from 'vitest';
import { asksForCauses, isStatusByte, judgeStatus, parseStatus, type StatusAnswers, statusRequest } from './status.ts';

const SILENT: StatusAnswers = { printer: null, offlineCause: null, errorCause: null, paper: null };
const READY: StatusAnswers = { ...SILENT, printer: 0x12, paper: 0x12 };

describe('DLE EOT', () => {
  test('asks with 10 04 n', () => {
    expect([...statusRequest(4)]).toEqual([0x10, 0x04, 4]);
  });

  test('knows the 16 possible answers by their fixed bits', () => {
    const answers = Array.from({ length: 256 }, (_, byte) => byte).filter(isStatusByte);
    expect(answers.map((byte) => byte.toString(16))).toEqual(
      '12 16 1a 1e 32 36 3a 3e 52 56 5a 5e 72 76 7a 7e'.split(' '),
    );
  });

  test.each<[string, Partial<StatusAnswers>, string[]]>([
    ['n=1 12 online', { printer: 0x12 }, []],
    ['n=1 1A offline', { printer: 0x1a }, ['offline']],
    ['n=1 16 drawer pin', { printer: 0x16 }, []],
    ['n=1 52 feed button', { printer: 0x52 }, []],
    ['n=2 16 cover', { offlineCause: 0x16 }, ['coverOpen']],
    ['n=2 1A feeding by button', { offlineCause: 0x1a }, []],
    ['n=2 32 stopped by paper end', { offlineCause: 0x32 }, ['paperOut']],
    ['n=2 52 error', { offlineCause: 0x52 }, ['error']],
    ['n=3 16 recoverable error', { errorCause: 0x16 }, ['error']],
    ['n=3 1A cutter', { errorCause: 0x1a }, ['cutterError', 'error']],
    ['n=3 32 unrecoverable', { errorCause: 0x32 }, ['error']],
    ['n=3 52 head hot', { errorCause: 0x52 }, ['hot']],
    ['n=2 52 and n=3 52: the error is the heat', { offlineCause: 0x52, errorCause: 0x52 }, ['hot']],
    ['n=4 1E near end', { paper: 0x1e }, ['nearEnd']],
    ['n=4 16 near end of one roll', { paper: 0x16 }, ['nearEnd']],
    ['n=4 1A near end of the other', { paper: 0x1a }, ['nearEnd']],
    ['n=4 72 out', { paper: 0x72 }, ['paperOut']],
    ['n=4 32 out of one roll', { paper: 0x32 }, ['paperOut']],
    ['n=4 52 out of the other', { paper: 0x52 }, ['paperOut']],
    ['n=4 7E out and near end', { paper: 0x7e }, ['paperOut', 'nearEnd']],
  ])('%s', (_name, answers, expected) => {
    const condition = parseStatus({ ...SILENT, ...answers });
    const names = Object.entries(condition).flatMap(([name, set]) => (set ? [name] : []));
    expect(names.sort()).toEqual([...expected].sort());
  });

  test.each([
    [0x12, false],
    [0x16, false],
    [0x1a, true],
    [0x32, true],
    [0x52, false],
  ])('answer %s to n=1 asks for causes: %s', (byte, expected) => {
    expect(asksForCauses(byte)).toBe(expected);
  });
});

describe('judgeStatus', () => {
  test.each<[string, Partial<StatusAnswers>, string, string | null, string | null]>([
    ['ready', {}, 'online', null, null],
    ['no answer at all', { printer: null, paper: null }, 'unknown', 'printer-no-answer', null],
    ['a clone that answers n=1 only', { paper: null }, 'online', null, null],
    ['near end', { paper: 0x1e }, 'attention', 'printer-paper-near-end', null],
    ['paper out', { paper: 0x72 }, 'fault', 'printer-paper-out', 'printer-paper-out'],
    ['out and near end', { paper: 0x7e }, 'fault', 'printer-paper-out', 'printer-paper-out'],
    [
      'cover open, which also lifts the paper off its sensor',
      { printer: 0x1a, offlineCause: 0x36, paper: 0x72 },
      'fault',
      'printer-cover-open',
      'printer-cover-open',
    ],
    ['cutter', { printer: 0x1a, offlineCause: 0x52, errorCause: 0x1a }, 'fault', 'printer-cutter', 'printer-error'],
    ['error', { printer: 0x1a, offlineCause: 0x52, errorCause: 0x32 }, 'fault', 'printer-error', 'printer-error'],
    ['head hot', { printer: 0x1a, offlineCause: 0x52, errorCause: 0x52 }, 'fault', 'printer-hot', 'printer-error'],
    ['offline without a cause', { printer: 0x1a, offlineCause: 0x12 }, 'fault', 'printer-offline', 'printer-error'],
    ['offline, causes unanswered', { printer: 0x1a }, 'fault', 'printer-offline', 'printer-error'],
  ])('%s', (_name, answers, health, reason, refusal) => {
    const verdict = judgeStatus({ ...READY, ...answers });
    expect(verdict).toMatchObject({ health, reason, refusal });
    expect(verdict.message === null).toBe(health === 'online');
  });

  test('only heat and an unexplained pause may pass by themselves', () => {
    const passing = (answers: Partial<StatusAnswers>) => judgeStatus({ ...READY, ...answers }).passing;
    expect(passing({ printer: 0x1a, offlineCause: 0x52, errorCause: 0x52 })).toBe(true);
    expect(passing({ printer: 0x1a })).toBe(true);
    expect(passing({ paper: 0x72 })).toBe(false);
    expect(passing({ offlineCause: 0x16 })).toBe(false);
    expect(passing({ errorCause: 0x16 })).toBe(false);
  });
});
