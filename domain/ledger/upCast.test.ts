import { expect, test } from 'vitest';
import { parseOp } from '../../contract/ops.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import type { Op } from './op.ts';
import { reduce } from './reduce.ts';
import { inNewestShape, newestBody, type UpCasts } from './upCast.ts';

/** As if notes had once been `{ caseId, text }`, then with a kind in capitals. */
const CASTS: UpCasts = {
  'note.added': [
    (body) => ('kind' in body ? body : { ...body, kind: 'REMARK' }),
    (body) => ({ ...body, kind: String(body.kind).toLowerCase() }),
  ],
};
const caseId = '01939f00-0000-7000-8000-000000000001';

function note(body: Record<string, unknown>) {
  return new OpMaker({ name: 'old' }).makeAny('note.added', 'note:01939f00-0000-7000-8000-000000000002', body);
}

test('a body goes through all its casts, from the oldest on, and one of today is left as it is', () => {
  expect(newestBody(note({ caseId, text: '已电话联系' }), CASTS)).toEqual({
    caseId,
    text: '已电话联系',
    kind: 'remark',
  });
  expect(newestBody(note({ caseId, text: 'x', kind: 'REMARK' }), CASTS)).toMatchObject({ kind: 'remark' });
  const op = note({ caseId }) as unknown as Op;
  expect(inNewestShape(op)).toBe(op);
  expect(inNewestShape({ ...op, kind: 'toString' } as never)).toMatchObject({ body: { caseId } });
});

test('an op of an older program is understood and applied, and keeps the body it was hashed with', () => {
  const envelope = note({ caseId, text: '已电话联系' });
  expect(parseOp(envelope)).toEqual({ ok: false, reason: 'bad-body' });
  const parsed = parseOp(envelope, CASTS);
  expect(parsed).toEqual({ ok: true, op: envelope });
  expect(reduce(null, envelope as unknown as Op, CASTS)).toMatchObject({
    type: 'note',
    record: { kind: 'remark', text: '已电话联系', version: 1 },
  });
  expect(envelope.body).toEqual({ caseId, text: '已电话联系' });
});

test('one of a newer program has all that is known, and more; where something known does not fit it is simply wrong', () => {
  const known = { caseId, text: 'x', kind: 'remark' };
  expect(parseOp(note({ ...known, mood: 'calm' }))).toEqual({ ok: false, reason: 'newer-body' });
  expect(parseOp(note({ ...known, text: 5, mood: 'calm' }))).toEqual({ ok: false, reason: 'bad-body' });
});
