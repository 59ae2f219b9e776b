import type { PresenceList } from '../../contract/queuePresence.ts';
import type { AlarmFacts } from '../../domain/board/alarms.ts';
import { dueTime } from '../../domain/clock/dueTime.ts';
import type { HallPlanRecord, IssueStopsRecord } from '../../domain/queue/hallTypes.ts';
import type { WorkOrderRecord } from '../../domain/rating/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';

/** A screen that has not been heard of for so long shows old numbers. */
const SCREEN_STALE_MS = 10_000;
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
export async function askPresence(context: ServiceContext): Promise<PresenceList | null> {
  const sync = context.sync();
  if (sync?.state.link !== 'connected') return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PRESENCE_WAIT_MS);
  });
  const asked = sync.presences().catch(() => null);
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
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
export function readFacts(context: ServiceContext, asker: string, presence: PresenceList | null): AlarmFacts {
  const { store, now, config } = context;
  const at = now();
  const day = hallDay(at);
  const sync = context.sync();
  const view = context.hall.view();
  const { plan } = view;
  const planned = new Set(plan.windows.map(({ terminal }) => terminal));
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
    // Windows of the plan have an alarm of their own; whoever else says that it is there is a screen.
    staleScreens:
      presence?.windows
        .filter(({ terminal, heardMsAgo }) => !planned.has(terminal) && (heardMsAgo ?? 0) > SCREEN_STALE_MS)
        .map(({ terminal }) => terminal) ?? null,
    drawers: drawersLeft(context, day),
    leases: store.hall.byDay('lease', day),
    workOrders: openWorkOrders(context, asker).map((order) => ({ ...order, ...duesOf(context, order) })),
  };
}

/** Clean blanks that should lie in each drawer now. */
export function drawersLeft({ store }: Pick<ServiceContext, 'store'>, day: string) {
  return store.blanks.balances(day).map(({ window, form, closing }) => ({ window, form, left: closing }));
}
