import { type HostReport, MACHINE_SILENT_AFTER_MS, type MachineList } from '../../contract/machines.ts';
import type { PresenceList } from '../../contract/queuePresence.ts';
import { type AlarmFacts, CENTRE, type MachineFacts } from '../../domain/board/alarms.ts';
import { dueTime } from '../../domain/clock/dueTime.ts';
import type { HallPlanRecord, IssueStopsRecord } from '../../domain/queue/hallTypes.ts';
import type { WorkOrderRecord } from '../../domain/rating/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { SyncClient } from '../../sync/syncClient.ts';
import type { ServiceContext } from '../context.ts';

/** The board does not wait longer for the hub than a person for a page. */
const PRESENCE_WAIT_MS = 1_500;

/** 差评: first contact, and the end of it (domain.md §6.9), working days. */
const CONTACT_LIMIT = { workingDays: 1 };
const SETTLE_LIMIT = { workingDays: 5 };

/** The newest plan of the hall; null while nobody changed the program's own. */
export function readPlan({ store }: Pick<ServiceContext, 'store'>): HallPlanRecord | null {
  return store.hall
    .all('plan')
    .reduce<HallPlanRecord | null>((newest, plan) => (newest === null || plan.at > newest.at ? plan : newest), null);
}

/** What supervisors ordered about numbers on this day. */
export function readStops({ store }: Pick<ServiceContext, 'store'>, day: string): IssueStopsRecord['stops'] {
  return store.hall.byDay('issue', day).flatMap(({ stops }) => stops);
}

/** @returns null while the hub does not answer */
export function askPresence(context: ServiceContext): Promise<PresenceList | null> {
  return askHub(context, (sync) => sync.hall.presences());
}

/** The machines of the hall, with what the hubs that do not decide said of themselves. */
export interface HallMachines extends MachineList {
  standbys: readonly HostReport[];
}

/** @returns null while the hub does not answer, or knows nothing of it */
export async function askMachines(context: ServiceContext): Promise<HallMachines | null> {
  const list = await askHub(context, ({ hall }) => {
    // For the next one who looks: a standby that is dead keeps nobody waiting.
    void hall.askStandbys();
    return hall.machines();
  });
  return list && { ...list, standbys: context.sync()?.hall.standbys ?? [] };
}

async function askHub<T>(context: ServiceContext, ask: (sync: SyncClient) => Promise<T>): Promise<T | null> {
  const sync = context.sync();
  if (sync?.state.link !== 'connected') return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PRESENCE_WAIT_MS);
  });
  return Promise.race([ask(sync).catch(() => null), late]).finally(() => clearTimeout(timer));
}

/**
 * The other machines of the hall, of each terminal the one that was heard last: one that was replaced says nothing any more.
 * A silence of another day is no news; who comes in the morning sees who is there.
 */
function machinesOf(list: HallMachines, own: string, now: number): MachineFacts[] {
  const newest = new Map<string, MachineList['machines'][number]>();
  for (const machine of list.machines) {
    const other = newest.get(machine.terminal);
    if (machine.terminal !== own && (!other || machine.heardMsAgo < other.heardMsAgo))
      newest.set(machine.terminal, machine);
  }
  const others = [...newest.values()].flatMap(({ terminal, role, heardMsAgo, left, alarms }): MachineFacts[] => {
    const silentSince = heardMsAgo > MACHINE_SILENT_AFTER_MS ? now - heardMsAgo : null;
    if (left || (silentSince !== null && hallDay(silentSince) !== hallDay(now))) return [];
    return [
      { terminal, role, silentSince, alarms: alarms.map((alarm) => ({ ...alarm, since: Date.parse(alarm.since) })) },
    ];
  });
  return [...others, ...[list.host ?? [], list.standbys].flat().map(hostFacts)];
}

/** Whoever answered is there. */
function hostFacts({ kind, name, alarms }: HostReport): MachineFacts {
  const terminal = name ?? CENTRE;
  const raised = alarms.map((alarm) => ({ ...alarm, since: Date.parse(alarm.since), known: null }));
  return { terminal, role: kind, silentSince: null, alarms: raised };
}

/** Times by which a bad mark must be answered, ms since the epoch. */
export function duesOf({ clockRules }: Pick<ServiceContext, 'clockRules'>, { openedAt }: WorkOrderRecord) {
  const opened = Date.parse(openedAt);
  return {
    contactDue: dueTime(clockRules, opened, CONTACT_LIMIT).at,
    settleDue: dueTime(clockRules, opened, SETTLE_LIMIT).at,
  };
}

/** Bad marks nobody has settled, without those about the one who asks. */
export function openWorkOrders({ store }: Pick<ServiceContext, 'store'>, asker: string): WorkOrderRecord[] {
  const unsettled = (['open', 'contacted'] as const).flatMap((state) => store.hall.byKey('workorder', state));
  return unsettled.filter(({ clerk }) => clerk !== asker);
}

/** @param asker staff number: nobody hears of a bad mark of their own */
export function readFacts(
  context: ServiceContext,
  asker: string,
  presence: PresenceList | null,
  machines: HallMachines | null,
): AlarmFacts {
  const { store, now, config } = context;
  const at = now();
  const day = hallDay(at);
  const sync = context.sync();
  const view = context.hall.view();
  const { plan } = view;
  const line = context.syncLine();
  return {
    now: at,
    day,
    plan,
    windows: [...view.windows.values()],
    tickets: context.hall.tickets(),
    silent: presence && new Set(presence.windows.filter(({ silent }) => silent).map(({ terminal }) => terminal)),
    hub: {
      configured: config.hub !== undefined,
      connected: sync?.state.link === 'connected',
      awaySince: line.lastContact === null ? null : Date.parse(line.lastContact),
    },
    machines: machines && machinesOf(machines, config.terminal.id, at),
    drawers: drawersLeft(context, day),
    leases: store.hall.byDay('lease', day),
    workOrders: openWorkOrders(context, asker).map((order) => ({ ...order, ...duesOf(context, order) })),
  };
}

/** Clean blanks that should lie in each drawer now. */
export function drawersLeft({ store }: Pick<ServiceContext, 'store'>, day: string) {
  return store.blanks.balances(day).map(({ window, form, closing }) => ({ window, form, left: closing }));
}
