import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestIngest, outcomes } from '../tests/fixtures/ingest.ts';
import { OpMaker, uuidOf } from '../tests/fixtures/opMaker.ts';

/** Scanned pages at the centre: they need no case to be taken, and reach whoever follows it. */

let centre: ReturnType<typeof openTestIngest>;
beforeEach(() => {
  centre = openTestIngest();
});
afterEach(() => centre.dispose());

const scanStream = (word: string) => `scan:${uuidOf(0, 'scan', word)}`;
const attach = (maker: OpMaker, caseStream: string, word: string) =>
  maker.make('scan.attached', scanStream(word), {
    caseId: caseStream.slice('case:'.length),
    material: 'M04',
    page: 1,
    blob: { media: 'image/jpeg', sha256: 'a'.repeat(64), bytes: 10, width: 2, height: 3 },
    source: 'camera',
  });

it('takes the pages of a case and gives them to the scope of the case', async () => {
  const maker = new OpMaker({ name: 'a', terminal: '07' });
  const accepted = maker.acceptCase();
  const page = attach(maker, accepted.stream, 'one');
  maker.make('scan.removed', page.stream, { reason: '重复' });
  const verdict = await centre.push(maker, maker.ops);
  expect(outcomes(verdict)).toEqual(['applied', 'applied', 'applied']);
  expect(await centre.scope(accepted.stream)).toEqual(maker.ops);
  expect(await centre.scope()).toEqual(maker.ops);
});

it('takes a page that another window scanned before the case has come', async () => {
  const there = new OpMaker({ name: 'a', terminal: '07' });
  const here = new OpMaker({ name: 'b', terminal: '08' });
  const accepted = there.acceptCase();
  attach(here, accepted.stream, 'two');
  expect(outcomes(await centre.push(here, here.ops))).toEqual(['applied']);
  expect(outcomes(await centre.push(there, there.ops))).toEqual(['applied']);
  expect(await centre.scope(accepted.stream)).toEqual([...here.ops, ...there.ops]);
});

it('takes no page for a case of another hall', async () => {
  const there = new OpMaker({ name: 'a', terminal: '07', hall: 'main' });
  const elsewhere = new OpMaker({ name: 'b', terminal: '08', hall: 'branch' });
  const accepted = there.acceptCase();
  await centre.push(there, there.ops);
  attach(elsewhere, accepted.stream, 'three');
  expect(outcomes(await centre.push(elsewhere, elsewhere.ops, 'branch'))).toEqual(['rejected:forbidden']);
});
