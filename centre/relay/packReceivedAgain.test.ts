import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PullAnswer } from '../../contract/sync.ts';
import { temporaryFolder } from '../../tests/fixtures/centre.ts';
import { openStoreIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import type { CentreStore } from '../store/types.ts';
import { nextPage, takeMirrored } from './mirror.ts';

/** A centre is put back to before it received a delivery of blanks, and receives it once more; its hub has both packs. */

const SCOPE = 'hall:main';
const Z = (n: number) => `Z${22_000_000_000 + n}`;

let hub: Awaited<ReturnType<typeof openDesk>>;
let folders: ReturnType<typeof temporaryFolder>[];
let centre: CentreStore;

beforeEach(async () => {
  hub = await openDesk();
  hub.store.setUpstream('http://centre', 'main');
  folders = [temporaryFolder(), temporaryFolder()];
  centre = openStoreIn(folders[0]?.dir ?? '');
});
afterEach(() => {
  hub.dispose();
  centre.close();
  for (const folder of folders) folder.remove();
});

/** @returns the stream of the pack */
async function receive(first: string, count: number): Promise<string> {
  const stream = `blanks:${v7()}`;
  const body = { form: 'proof', first, count } as const;
  await centre.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const own = { hall: 'main', kind: 'blanks.received', stream, actor: '9001', body } as const;
    expect(takeOwnOp(ledger, centre.self, own, hub.clock.now)).toBeNull();
    return { decision: ledger.decision(), value: undefined };
  });
  return stream;
}

async function mirror(): Promise<void> {
  const page = await centre.readScope(SCOPE, hub.store.cursorOf(SCOPE), { rows: 1000, bytes: 10_000_000 });
  const answer = {
    ...{ scope: SCOPE, head: page.head, centreTime: new Date(hub.clock.now).toISOString() },
    rows: page.rows.map(({ pos, envelope }) => ({ pos, op: JSON.parse(envelope) })),
  } as PullAnswer;
  await takeMirrored(hub.store, 'main', nextPage(hub.store, answer), hub.clock.now, null);
}

const packOf = (serial: string) =>
  hub.store.write([], (known) => ({
    decision: new WorkingLedger(known).decision(),
    value: new WorkingLedger(known).blanks.findPack('main', serial)?.stream ?? null,
  }));

function putBack(): void {
  centre.close();
  centre = openStoreIn(folders[1]?.dir ?? '');
  hub.store.readAnew(SCOPE);
}

it('is read on by the hub, which finds the blanks in the pack that the centre has', async () => {
  const lost = await receive(Z(1), 100);
  await mirror();
  expect(await packOf(Z(1))).toBe(lost);
  putBack();
  const again = await receive(Z(1), 100);
  const next = await receive(Z(101), 100);
  await mirror();
  expect(hub.store.cursorOf(SCOPE)).toBe(2);
  expect(await packOf(Z(1))).toBe(again);
  expect(await packOf(Z(101))).toBe(next);
});

it('does so when the packs overlap only in part', async () => {
  await receive(Z(51), 100);
  await mirror();
  putBack();
  const again = await receive(Z(1), 100);
  await mirror();
  expect(await packOf(Z(60))).toBe(again);
  expect(await packOf(Z(120))).toBeNull();
});
