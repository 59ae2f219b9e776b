import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PullAnswer } from '../../contract/sync.ts';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { dataFor, WALKER_STAFF } from '../../tests/fixtures/caseWalker.ts';
import { temporaryFolder } from '../../tests/fixtures/centre.ts';
import { openStoreIn } from '../../tests/fixtures/centreDatabase.ts';
import { openDesk } from '../../tests/fixtures/deskOnStore.ts';
import { putPrintedCase } from '../../tests/fixtures/printedCase.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { takeOwnOp } from '../office/ownOp.ts';
import type { CentreStore } from '../store/types.ts';
import { type Behind, NOTHING_BEHIND, nextPage, takeMirrored } from './mirror.ts';

let hub: Awaited<ReturnType<typeof openDesk>>;
let folder: ReturnType<typeof temporaryFolder>;
let centre: CentreStore;
let ticket: TicketRecord;
let caseId: string;

beforeEach(async () => {
  hub = await openDesk();
  hub.store.setUpstream('http://centre', 'main');
  folder = temporaryFolder();
  centre = openStoreIn(folder.dir);
  const taken = await hub.ask('K01', TAKE);
  if (!taken) throw new Error('no ticket');
  ticket = taken;
  caseId = await atCentre((put) => {
    const numbers = {
      number: '20261127070001',
      certificate: '吉(2026)辽源市不动产证明第0000001号',
      blank: 'Z22000000001',
    };
    const id = putPrintedCase(put, numbers, true, { ticket: { id: ticket.id, number: ticket.number }, window: 'W03' });
    put(`case:${id}`, 'case.advanced', WALKER_STAFF.PRT, { transition: 'T29', data: {} });
    return id;
  });
});
afterEach(() => {
  hub.dispose();
  centre.close();
  folder.remove();
});

type Put = <K extends OpKind>(stream: string, kind: K, actor: string, body: OpBodies[K]) => void;

function atCentre<T>(use: (put: Put) => T): Promise<T> {
  return centre.write([], (known) => {
    const ledger = new WorkingLedger(known);
    const value = use((stream, kind, actor, body) => {
      expect(takeOwnOp(ledger, centre.self, { hall: 'main', kind, stream, actor, body }, hub.clock.now)).toBeNull();
    });
    return { decision: ledger.decision(), value };
  });
}

const advance = (transition: 'T31' | 'T36') =>
  atCentre((put) => {
    const data = dataFor(transition, { acceptance: { parties: [] }, certificates: [], id: caseId } as never);
    const body = { transition, data } as OpBodies['case.advanced'];
    put(`case:${caseId}`, 'case.advanced', transition === 'T31' ? WALKER_STAFF.QC : WALKER_STAFF.WIN, body);
  });

/** The next rows of the centre's scope, as its answer has them. */
async function mirror(rows: number, behind: Behind | null): Promise<Behind | null> {
  const scope = 'hall:main';
  const page = await centre.readScope(scope, hub.store.cursorOf(scope), { rows, bytes: 10_000_000 });
  const answer = {
    ...{ scope, head: page.head, centreTime: new Date(hub.clock.now).toISOString() },
    rows: page.rows.map(({ pos, envelope }) => ({ pos, op: JSON.parse(envelope) })),
  } as PullAnswer;
  return (await takeMirrored(hub.store, 'main', nextPage(hub.store, answer), hub.clock.now, behind)).behind;
}

async function pickup() {
  const entity = await hub.store.write([], (known) => ({
    decision: new WorkingLedger(known).decision(),
    value: known.findEntity(`ticket:${ticket.id}`)?.entity,
  }));
  return entity?.type === 'ticket' ? entity.record.pickup : undefined;
}

describe('a case that the centre has made ready', () => {
  it('calls its ticket again at the hub, and lets it go when it is sent by courier', async () => {
    expect(await mirror(1000, NOTHING_BEHIND)).toEqual(NOTHING_BEHIND);
    expect(await pickup()).toBeNull();
    await advance('T31');
    await mirror(1000, NOTHING_BEHIND);
    expect(await pickup()).toMatchObject({ state: 'waiting', terminal: 'W03', cases: [caseId] });
    await advance('T36');
    await mirror(1000, NOTHING_BEHIND);
    expect(await pickup()).toMatchObject({ state: 'cancelled', cases: [] });
  });

  it('does so once all pages are here, though it became ready in an earlier one', async () => {
    await advance('T31');
    // Something behind it that has nothing to do with it.
    await atCentre((put) => put(`session:${v7()}`, 'session.opened', '1001', { staff: '1001', terminal: 'W07' }));
    let behind: Behind | null = NOTHING_BEHIND;
    const { head } = await centre.readScope('hall:main', 0, { rows: 1, bytes: 1 });
    for (let left = head; left > 0; left -= 1) {
      expect(await pickup()).toBeNull();
      behind = await mirror(1, behind);
    }
    expect(behind).toEqual(NOTHING_BEHIND);
    expect(await pickup()).toMatchObject({ state: 'waiting', cases: [caseId] });
  });

  it('is left as it is by a hub that reads everything anew', async () => {
    await advance('T31');
    expect(await mirror(1000, null)).toBeNull();
    expect(await pickup()).toBeNull();
  });

  it('is the active hub’s to follow, not a standby’s', async () => {
    hub.store.joinHub('standby', null);
    await advance('T31');
    await mirror(1000, NOTHING_BEHIND);
    expect(await pickup()).toBeNull();
  });
});
