import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyPrintChange, preparedPrint } from '../../tests/fixtures/printJob.ts';
import { findPrintProblem } from './findPrintProblem.ts';
import { asksForLook, isCountedSheet, isEnded, PRINT_MOVES, PRINT_STATE_CODES } from './moves.ts';
import { movePrint } from './reducePrint.ts';
import type { PrintChange, PrintJobRecord, PrintOpKind, PrintState } from './types.ts';

const HERE = '0198a000-0000-7000-8000-0000000000d1';
const ELSEWHERE = '0198a000-0000-7000-8000-0000000000d2';
const by = (device = HERE, actor = '2008') => ({ id: 'j', actor, at: '2026-11-23T01:00:00.000Z', device });
const CHANGES = everyPrintChange();
const change = (kind: PrintOpKind): PrintChange => {
  const found = CHANGES.find((each) => each.kind === kind);
  if (!found) throw new Error(kind);
  return found;
};

function jobAfter(...kinds: PrintOpKind[]): PrintJobRecord {
  let job: PrintJobRecord | null = null;
  for (const kind of kinds) {
    const stepped = movePrint(job, change(kind), by());
    if (!stepped.ok) throw new Error(`${kind}: ${stepped.code}`);
    job = stepped.record;
  }
  if (!job) throw new Error('no job');
  return job;
}

/** How each state is come to, by hand from devices.md §6.6. */
const WAYS: Readonly<Record<PrintState, PrintOpKind[]>> = {
  PREPARED: ['print.prepared'],
  SENDING: ['print.prepared', 'print.sending'],
  SENT: ['print.prepared', 'print.sending', 'print.sent'],
  UNKNOWN: ['print.prepared', 'print.sending', 'print.unknown'],
  CONFIRMED: ['print.prepared', 'print.sending', 'print.sent', 'print.confirmed'],
  SPOILED: ['print.prepared', 'print.sending', 'print.unknown', 'print.spoiled'],
  DROPPED: ['print.prepared', 'print.dropped'],
};
/** What may happen in each, by hand from the same page; everything else is refused. */
const LEGAL: Readonly<Record<PrintState | 'none', string>> = {
  none: 'prepared',
  PREPARED: 'prepared sending spoiled dropped',
  SENDING: 'held sent unknown',
  SENT: 'unknown confirmed spoiled',
  UNKNOWN: 'confirmed spoiled',
  CONFIRMED: 'spoiled',
  SPOILED: '',
  DROPPED: '',
};

describe('moves of a job', () => {
  test.each(['none', ...PRINT_STATE_CODES] as const)('from %s only what is listed', (state) => {
    const job = state === 'none' ? null : jobAfter(...WAYS[state]);
    expect(job?.state ?? 'none').toBe(state);
    const legal = CHANGES.filter((each) => movePrint(job, each, by()).ok).map(({ kind }) =>
      kind.slice('print.'.length),
    );
    expect(legal.sort()).toEqual(LEGAL[state].split(' ').filter(Boolean).sort());
  });

  test('only the machine that began a job moves it', () => {
    for (const state of PRINT_STATE_CODES) {
      const job = jobAfter(...WAYS[state]);
      for (const each of CHANGES)
        expect(movePrint(job, each, by(ELSEWHERE)).ok, `${each.kind} of ${state}`).toBe(false);
    }
  });

  test('a print is good only when the number on the paper is the one of the job', () => {
    const wrong: PrintChange = { kind: 'print.confirmed', body: { serial: 'Z22000000002' } };
    for (const state of ['SENT', 'UNKNOWN'] as const) {
      expect(movePrint(jobAfter(...WAYS[state]), wrong, by())).toEqual({ ok: false, code: 'blank-mismatch' });
    }
  });

  test('a sheet is void only before two people', () => {
    const alone: PrintChange = { kind: 'print.spoiled', body: { reason: 'jam', note: '', witness: '2008' } };
    expect(movePrint(jobAfter(...WAYS.UNKNOWN), alone, by())).toEqual({ ok: false, code: 'two-person' });
    expect(jobAfter(...WAYS.SPOILED).spoiled).toMatchObject({ reason: 'jam', by: '2008', witness: '1001' });
  });

  test('a job that the printer refused before the first byte may begin again, and is never put down', () => {
    const held = jobAfter('print.prepared', 'print.sending', 'print.held');
    expect(held).toMatchObject({ state: 'PREPARED', fed: true });
    expect(movePrint(held, change('print.dropped'), by())).toEqual({ ok: false, code: 'blank-used' });
    expect(movePrint(held, change('print.sending'), by()).ok).toBe(true);
  });

  test('a job that is prepared anew is about the same sheet, number and case', () => {
    const job = jobAfter('print.prepared');
    const anew = (overrides: object): PrintChange => ({ kind: 'print.prepared', body: preparedPrint(overrides) });
    expect(movePrint(job, anew({ sha256: 'b'.repeat(64), bytes: 1 }), by())).toMatchObject({
      ok: true,
      record: { sha256: 'b'.repeat(64), version: 2, history: [{ state: 'PREPARED' }, { state: 'PREPARED' }] },
    });
    for (const other of [
      { blank: 'Z22000000002' },
      { certificate: '吉(2026)辽源市不动产证明第0000002号' },
      { caseId: '0198a000-0000-7000-8000-0000000000c2' },
    ]) {
      expect(movePrint(job, anew(other), by()).ok).toBe(false);
    }
  });

  test('whatever happens, bytes leave at most between one SENDING and the next look, and what was fed stays fed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: CHANGES.length - 1 }), { maxLength: 40 }), (indexes) => {
        let job: PrintJobRecord | null = null;
        let wasFed = false;
        let sentOut = 0;
        for (const index of indexes) {
          const next = CHANGES[index];
          if (!next) continue;
          const stepped = movePrint(job, next, by());
          if (!stepped.ok) continue;
          if (next.kind === 'print.sending') sentOut += 1;
          // The printer said that none of them left.
          if (next.kind === 'print.held') sentOut -= 1;
          job = stepped.record;
          expect(sentOut).toBeLessThanOrEqual(1);
          expect(job.fed || !wasFed).toBe(true);
          wasFed = job.fed;
          expect(job.history.at(-1)?.state).toBe(job.state);
          if (job.state === 'DROPPED') expect(job.fed).toBe(false);
        }
      }),
    );
  });
});

describe('a sheet before it is printed', () => {
  const job = (state: PrintState, overrides: object = {}) => ({ ...jobAfter(...WAYS[state]), ...overrides });
  const N1 = preparedPrint().certificate;
  const N2 = '吉(2026)辽源市不动产证明第0000002号';
  const ask = (jobs: PrintJobRecord[], blank: string, certificate = N1, own: string | null = null) =>
    findPrintProblem(jobs, { certificate, blank, job: own });

  test.each([
    ...(['SENDING', 'SENT', 'UNKNOWN', 'CONFIRMED', 'SPOILED'] as const).map((state) => [state, 'blank-used'] as const),
    ['DROPPED', null] as const,
  ])('fed for a job that is %s it may %s', (state, problem) => {
    expect(ask([job(state)], 'Z22000000001', N2)).toBe(problem);
  });

  test.each([
    ...(['PREPARED', 'SENDING', 'SENT', 'UNKNOWN', 'CONFIRMED'] as const).map(
      (state) => [state, 'print-open'] as const,
    ),
    ['SPOILED', null] as const,
    ['DROPPED', null] as const,
  ])('its number has a job that is %s', (state, problem) => {
    expect(ask([job(state)], 'Z22000000002')).toBe(problem);
  });

  test('the job that goes on is not in its own way', () => {
    expect(ask([job('PREPARED', { fed: true })], 'Z22000000001', N1, 'j')).toBeNull();
  });
});

test('every state either asks for something or has ended, and every move leads somewhere else than it came from', () => {
  expect(PRINT_STATE_CODES.filter(isEnded)).toEqual(['CONFIRMED', 'SPOILED', 'DROPPED']);
  expect(PRINT_STATE_CODES.filter(asksForLook)).toEqual(['SENT', 'UNKNOWN']);
  expect(PRINT_STATE_CODES.filter(isCountedSheet)).toEqual(['CONFIRMED', 'SPOILED']);
  for (const [kind, { from, to }] of Object.entries(PRINT_MOVES)) {
    if (kind !== 'print.prepared') expect(from).not.toContain(to);
  }
});
