import { expect, test } from 'vitest';
import { at, call, DAY, ticket, windowRecord } from '../../tests/fixtures/tickets.ts';
import { DEFAULT_PLAN } from '../queue/plan.ts';
import { type AlarmFacts, alarmsOf, type MachineFacts, machineAlarmOf, withAcknowledgements } from './alarms.ts';

const NOW = Date.parse(at('10:00'));
const OPEN = windowRecord('W01', ['08:30', 'open']);

function facts(more: Partial<AlarmFacts> = {}): AlarmFacts {
  return {
    ...{ now: NOW, day: DAY, plan: DEFAULT_PLAN, windows: [OPEN], tickets: [], silent: new Set<string>() },
    ...{ hub: { configured: true, connected: true, awaySince: null }, machines: [] },
    ...{ drawers: [], leases: [], workOrders: [] },
    ...more,
  };
}

const names = (more: Partial<AlarmFacts>) => alarmsOf(facts(more)).map(({ name }) => name);
const BUSY = ticket('B900', '08:35', { state: 'SERVING', calls: [call('W01', '08:40', { arrived: '08:41' })] });

test('a quiet hall has no alarm', () => {
  expect(names({})).toEqual([]);
  expect(names({ tickets: [BUSY, ticket('B001', '09:45')] })).toEqual([]);
});

test('a window that is open and not heard of is silent; one that closed may be; the tickets kept for it are counted', () => {
  const tickets = [BUSY, ticket('B001', '09:59', { fallback: 'W01' }), ticket('B002', '09:59', { fallback: 'W02' })];
  const found = alarmsOf(facts({ silent: new Set(['W01', 'W05']), tickets })).filter(
    ({ kind }) => kind === 'window-silent',
  );
  expect(found).toMatchObject([{ name: 'window-silent:W01', action: 'release', level: 'over', count: 1 }]);
  const closed = windowRecord('W01', ['08:30', 'open'], ['09:00', 'closed']);
  expect(names({ windows: [closed], silent: new Set(['W01']) })).toEqual([]);
  expect(names({ silent: null })).toEqual([]);
});

test('a wait is too long from the moment the hall’s own rule of ageing says so', () => {
  const [alarm, ...others] = alarmsOf(facts({ tickets: [BUSY, ticket('B001', '09:29'), ticket('B002', '09:30')] }));
  expect(others).toEqual([]);
  expect(alarm).toMatchObject({ name: 'wait-too-long:B', count: 1, since: Date.parse(at('09:59')) });
});

test('a queue is stuck when a free window calls nobody for a minute, only while the hub is there', () => {
  const waits = ticket('B001', '09:00:30', { calls: [call('W01', '09:40', { ended: ['09:58:30', 'passed'] })] });
  expect(names({ tickets: [waits] })).toEqual(['queue-stuck:B']);
  expect(alarmsOf(facts({ tickets: [waits] }))[0]?.since).toBe(Date.parse(at('09:58:30')));
  expect(names({ tickets: [ticket('B001', '09:59:30')] })).toEqual([]);
  expect(names({ tickets: [BUSY, waits] })).toEqual([]);
  const away = { configured: true, connected: false, awaySince: NOW - 60_000 };
  expect(names({ tickets: [waits], hub: away })).toEqual(['hub-away']);
});

test('somebody waits and no window that serves them is open', () => {
  expect(names({ tickets: [ticket('A001', '09:59:30', { queue: 'A' })] })).toEqual(['no-window:A']);
  expect(names({ tickets: [ticket('B001', '09:59:30')], silent: new Set(['W01']) })).toEqual([
    'no-window:B',
    'window-silent:W01',
  ]);
});

test('a hold past its end and a ticket that contradicts itself are told by their number', () => {
  const held = ticket('B007', '09:00', { state: 'HELD', heldUntil: at('09:59') });
  const doubted = ticket('B008', '09:00', { state: 'FINISHED', doubts: ['called-twice'] });
  const fine = ticket('B009', '09:00', { state: 'HELD', heldUntil: at('10:01') });
  expect(alarmsOf(facts({ tickets: [held, doubted, fine] })).map(({ name, label }) => [name, label])).toEqual([
    [`ticket-doubted:${doubted.id}`, 'B008'],
    [`hold-too-long:${held.id}`, 'B007'],
  ]);
});

test('few blanks in a drawer, and few numbers in the newest block of a dispenser', () => {
  const drawers = [
    { window: 'W01', form: 'proof', left: 9 },
    { window: 'W02', form: 'proof', left: 10 },
  ];
  const lease = { id: '', version: 1, device: 'd', epoch: 1, prefix: 'B', day: DAY };
  const leases = [
    { ...lease, holder: 'K01', first: 500, last: 519 },
    { ...lease, holder: 'K02', first: 1000, last: 1499 },
    { ...lease, holder: 'HUB', first: 1, last: 2 },
  ];
  expect(names({ drawers, leases })).toEqual(['blanks-low:W01:proof']);
  const used = ticket('B500', '09:00', { state: 'FINISHED', issuer: 'K01' });
  expect(alarmsOf(facts({ drawers: [], leases, tickets: [used] }))).toMatchObject([
    { name: 'numbers-low:K01:B', count: 19 },
  ]);
});

test('a bad mark asks for contact first, then for an end, and is quiet once settled', () => {
  const order = { id: 'w', about: 'B001', contactDue: NOW, settleDue: NOW + 1 };
  expect(names({ workOrders: [{ ...order, state: 'open' }] })).toEqual(['work-order-contact:w']);
  expect(names({ workOrders: [{ ...order, state: 'contacted' }] })).toEqual([]);
  expect(names({ workOrders: [{ ...order, settleDue: NOW, state: 'contacted' }] })).toEqual(['work-order-settle:w']);
  expect(names({ workOrders: [{ ...order, settleDue: NOW, state: 'settled' }] })).toEqual([]);
});

const machine = (terminal: string, more: Partial<MachineFacts> = {}): MachineFacts => ({
  ...{ terminal, role: 'window', silentSince: null, alarms: [] },
  ...more,
});
const wrong = (code: string, level: MachineFacts['alarms'][number]['level'], since = '09:30') => ({
  ...{ code, level, since: Date.parse(at(since)), known: null },
});

test('a hub that is away is told; a machine without a hub is not', () => {
  expect(names({ hub: { configured: true, connected: false, awaySince: null } })).toEqual(['hub-away']);
  expect(names({ hub: { configured: false, connected: false, awaySince: null } })).toEqual([]);
  expect(names({ machines: null })).toEqual([]);
});

test('what is wrong with other machines stands among the alarms, with machine and moment; what stops one before all else', () => {
  const machines = [
    machine('K01', { alarms: [wrong('disk-low', 'near'), wrong('disk-full', 'stop', '09:50')] }),
    machine('W03', { alarms: [wrong('backup-failed', 'over', '09:40')] }),
    machine('W04'),
  ];
  const away = { configured: true, connected: false, awaySince: Date.parse(at('09:00')) };
  const found = alarmsOf(facts({ machines, hub: away }));
  expect(found.map(({ name }) => name)).toEqual([
    ...['machine-stopped:K01/disk-full', 'hub-away', 'machine-alarm:W03/backup-failed', 'machine-near:K01/disk-low'],
  ]);
  expect(found[0]).toMatchObject({
    label: 'K01',
    code: 'disk-full',
    since: Date.parse(at('09:50')),
    action: 'machines',
  });
  expect(machineAlarmOf(found[2]?.name ?? '')).toEqual({ terminal: 'W03', code: 'backup-failed' });
  expect(machineAlarmOf('window-silent:W03')).toBeNull();
});

test('a machine that stopped reporting is an alarm itself, and what it said before is none; an open window has its own', () => {
  const silentSince = Date.parse(at('09:58'));
  const machines = [
    machine('K01', { silentSince, alarms: [wrong('backup-failed', 'over')] }),
    machine('S01', { silentSince, role: 'screen' }),
    machine('W01', { silentSince }),
  ];
  const found = alarmsOf(facts({ machines, silent: new Set(['W01']) }));
  expect(found.map(({ name }) => name).sort()).toEqual(['machine-silent:K01', 'screen-stale:S01', 'window-silent:W01']);
  expect(found.find(({ about }) => about === 'K01')).toMatchObject({ since: silentSince, level: 'over' });
  // Closed, nobody misses its calls; somebody misses the machine.
  expect(names({ machines: [machine('W01', { silentSince })] })).toEqual(['machine-silent:W01']);
});

test('seen at the machine is seen at the board, until somebody says more there', () => {
  const known = { by: '9001', at: at('09:41') };
  const machines = [machine('W03', { alarms: [{ ...wrong('backup-failed', 'over', '09:40'), known }] })];
  const said = {
    id: 'x',
    version: 1,
    by: '9002',
    alarm: 'machine-alarm:W03/backup-failed',
    note: '已派人',
    at: at('09:50'),
  };
  const [seen] = withAcknowledgements(alarmsOf(facts({ machines })), [], NOW);
  expect(seen?.known).toEqual({ ...known, note: '' });
  const [more] = withAcknowledgements(alarmsOf(facts({ machines })), [said], NOW);
  expect(more?.known).toMatchObject({ by: '9002', note: '已派人' });
});

test('an alarm that was seen stays seen until it comes up anew', () => {
  const said = [
    { id: 'x', version: 1, by: '9001', alarm: 'hub-away', note: '已报修', at: at('09:50') },
    { id: 'y', version: 1, by: '9001', alarm: 'window-silent:W01', note: '', at: at('09:49') },
  ];
  const away = (since: string) =>
    facts({ hub: { configured: true, connected: false, awaySince: Date.parse(at(since)) } });
  const [known] = withAcknowledgements(alarmsOf(away('09:40')), said, NOW);
  expect(known?.known).toEqual({ by: '9001', at: at('09:50'), note: '已报修' });
  expect(withAcknowledgements(alarmsOf(away('09:55')), said, NOW)[0]?.known).toBeNull();
  const stale = alarmsOf(facts({ silent: new Set(['W01']) }));
  expect(withAcknowledgements(stale, said, NOW)[0]?.known).toBeNull();
  expect(withAcknowledgements(stale, said, NOW - 2 * 60_000)[0]?.known).not.toBeNull();
});
