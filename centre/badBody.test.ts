import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { opBodies } from '../contract/ops.ts';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { OpKind } from '../domain/ledger/op.ts';
import { openTestIngest, outcomes } from '../tests/fixtures/ingest.ts';
import { OpMaker, uuidOf } from '../tests/fixtures/opMaker.ts';
import { calendarOf2027 } from '../tests/fixtures/publications.ts';
import { samplesOf, schemaOf, type Wrong, wrongsOf } from '../tests/fixtures/schemaSamples.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';

/** Bodies that cannot be made from their schema. */
const SAMPLES: Partial<Record<OpKind, unknown[]>> = {
  'catalogue.published': [CATALOGUE],
  'calendar.published': [calendarOf2027()],
};
const KINDS = Object.keys(opBodies) as OpKind[];

const samples = (kind: OpKind): unknown[] => SAMPLES[kind] ?? samplesOf(schemaOf(opBodies[kind]));

/** What can travel: JSON knows no number that is none, and a body is an object. */
function wrongs(kind: OpKind): Wrong[] {
  const schema = schemaOf(opBodies[kind]);
  return samples(kind)
    .flatMap((sample) => wrongsOf(schema, sample))
    .filter(({ path, name }) => path.length > 0 && !/: (not a number|infinite)$/.test(name));
}

const PARKED = 'parked:newer-body';

/** In the stream of a case a slip need not name it: so the first program wrote them. */
const STREAM_OF: Partial<Record<OpKind, string>> = { 'slip.printed': 'slip' };

let centre: ReturnType<typeof openTestIngest>;
beforeAll(() => {
  centre = openTestIngest();
});
afterAll(() => centre.dispose());

describe.each(KINDS)('%s', (kind) => {
  test('has samples that fit, and one that does not for each thing that can be wrong', () => {
    for (const sample of samples(kind)) expect(opBodies[kind].safeParse(sample).error?.issues).toBeUndefined();
    expect(wrongs(kind).length).toBeGreaterThan(2);
  });

  test('with anything wrong in its body is rejected, with more than is known parked; it changes nothing, and the next op goes on', async () => {
    const maker = new OpMaker({ name: kind });
    const all = wrongs(kind);
    const before = centre.store.stats();
    for (const [index, { value }] of all.entries()) {
      maker.makeAny(kind, `${STREAM_OF[kind] ?? 'case'}:${uuidOf(index, kind)}`, value as Record<string, unknown>);
    }
    maker.openSession();
    const found = outcomes(await centre.push(maker, maker.ops));
    const surprising = all.flatMap(({ name }, index) => {
      // Among alternatives nobody can say which of them a newer program meant.
      const fits = found[index] === 'rejected:bad-body' || (/unknown key/.test(name) && found[index] === PARKED);
      return fits ? [] : [`${name} → ${found[index]}`];
    });
    expect(surprising).toEqual([]);
    expect(found.at(-1)).toBe('applied');
    const after = centre.store.stats();
    expect(after).toEqual({ ...before, ops: before.ops + all.length + 1 });
    const published = (await centre.scope()).filter((op) => op.device === maker.device);
    // What is parked has no place before it is understood.
    expect(published.map(({ kind: of }) => of)).toEqual(['session.opened']);
  });
});

test('a body is kept and published as it was hashed, spaces and all', async () => {
  const maker = new OpMaker({ name: 'spaces' });
  const { stream } = maker.acceptCase();
  const body = { caseId: stream.slice('case:'.length), kind: 'remark', text: ' 已电话联系  ' };
  maker.makeAny('note.added', `note:${uuidOf(1, 'note')}`, body);
  expect(outcomes(await centre.push(maker, maker.ops))).toEqual(['applied', 'applied']);
  const published = (await centre.scope()).find(({ kind, device }) => kind === 'note.added' && device === maker.device);
  expect(published?.body).toEqual(body);
  const known = await centre.store.write([], (ledger) => ({
    decision: new WorkingLedger(ledger).decision(),
    value: ledger.findEntity(`note:${uuidOf(1, 'note')}`),
  }));
  expect(known?.entity.record).toMatchObject({ text: body.text });
});
