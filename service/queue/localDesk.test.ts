import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256Hex } from '../../db/digest.ts';
import { writeMeta } from '../../db/meta.ts';
import { clockRules } from '../../domain/clock/caseClock.ts';
import { decidedId } from '../../domain/queue/commandIds.ts';
import { HALL_BODIES } from '../../tests/fixtures/hallBodies.ts';
import { knownOp } from '../../tests/fixtures/knownOps.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { TAKE } from '../../tests/fixtures/queueDesk.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { HallNow } from './hallNow.ts';
import { LocalDesk } from './localDesk.ts';

const NOW = Date.parse('2026-11-27T01:30:00.000Z');
const KIOSK = { actor: 'kiosk', roles: [] };
let fixture: ReturnType<typeof openTestStore>;

beforeEach(() => {
  fixture = openTestStore({ now: () => NOW });
});
afterEach(() => fixture.dispose());

function openDesk(): LocalDesk {
  const { store } = fixture;
  const rules = clockRules({ usual: ['00:00-24:00'] });
  const hall = new HallNow(
    store,
    () => NOW,
    () => rules,
  );
  return new LocalDesk({ store, hall, terminal: { id: 'K01', floor: 3 }, newId: v7, onCommitted: () => {} });
}

/** A ticket that a hub gave for the command, as it is pulled. */
function pull(opId: string): string {
  const hub = new OpMaker({ name: 'hub' });
  hub.nameNextOp(opId);
  const id = v7();
  const op = hub.make('ticket.taken', `ticket:${id}`, HALL_BODIES['ticket.taken'], { actor: 'kiosk' });
  expect(fixture.store.ledger.applyRemote(knownOp(op))).toBe('applied');
  return id;
}

test.each([
  ['the first hub', 0],
  ['the one that had taken over', 1],
  ['the one before that', 2],
])('what %s did and has not answered is found again, and not done here once more', (_who, fence) => {
  const commandId = v7();
  writeMeta(fixture.store.db, 'hub-fence', '3');
  const id = pull(decidedId(commandId, fence, sha256Hex));
  const before = fixture.store.ledger.head().seq;
  expect(openDesk().decide(commandId, KIOSK, TAKE, 'emergency').ticket?.id).toBe(id);
  expect(fixture.store.ledger.head().seq).toBe(before);
});

test('what no hub did is done here once', () => {
  const [desk, commandId] = [openDesk(), v7()];
  pull(v7());
  const { ticket } = desk.decide(commandId, KIOSK, TAKE, 'emergency');
  expect(ticket?.issuer).toBe('K01');
  expect(desk.decide(commandId, KIOSK, TAKE, 'emergency').ticket?.id).toBe(ticket?.id);
});
