import type { BlanksCommand } from '../../contract/blanks.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { BlankCount } from '../../contract/rpc/blanks.ts';
import type { MethodName, MethodOutput } from '../../contract/rpc.ts';
import { isEven } from '../../domain/blanks/reduceCount.ts';
import type { CountRecord } from '../../domain/blanks/types.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { reachable } from '../reachable.ts';

type BlanksMethod = Extract<MethodName, `blanks.${string}`>;
type OrderMethod = `blanks.${BlanksCommand['kind']}`;
type CaseEvent = MethodOutput<'blanks.find'>['caseEvents'][number];

/** Blank certificates: every move goes to the centre, every look is at what this machine has of it. */
export const blanksHandlers: Handlers<BlanksMethod> = {
  'blanks.receive': (call) => order(call, 'receive'),
  'blanks.assign': (call) => order(call, 'assign'),
  'blanks.return': (call) => order(call, 'return'),
  'blanks.spoil': (call) => order(call, 'spoil'),
  'blanks.restore': (call) => order(call, 'restore'),
  'blanks.lost': (call) => order(call, 'lost'),
  'blanks.destroy': (call) => order(call, 'destroy'),
  'blanks.count': (call) => {
    const { store, config } = call.context;
    // The day is closed with the count: nothing of it may be left unexplained.
    if (store.returned.open().some(({ terminal }) => terminal === config.terminal.id))
      throw new YichuangError('returns-open');
    return order(call, 'count');
  },
  'blanks.sign': (call) => order(call, 'sign'),

  'blanks.balance': ({ context: { store }, params: { day, window } }) => ({
    drawers: store.blanks.balances(day, window).map(({ count, ...drawer }) => ({
      ...drawer,
      sheets: store.prints.tally(day, drawer),
      count: count && describe(count),
    })),
    store: store.blanks.inStore(),
    lines: store.blanks.linesOn(day).filter(({ from, to }) => window === undefined || from === window || to === window),
    toSign: store.blanks.countsToSign().map(describe),
  }),

  'blanks.list': ({ context, params: { window, state, limit } }) => ({
    rows: context.store.blanks
      .list({ window, state }, limit)
      .map((row) => ({ ...row, void: row.state === 'VOID' ? findVoid(context, row.serial) : null })),
  }),

  'blanks.find': ({ context: { store }, params: { serial } }) => {
    const blank = store.blanks.find(serial);
    const record = blank?.caseId ? (store.cases.find(blank.caseId)?.record ?? null) : null;
    return { blank, lines: store.blanks.linesOf(serial), caseEvents: record ? eventsOf(record, serial) : [] };
  },

  'blanks.next': ({ context: { store, now }, params: { window, form } }) => ({
    ...store.blanks.next(window, form),
    openDay: store.blanks.openDay(window, form, hallDay(now())),
  }),
};

async function order(
  {
    context,
    connection,
    params: { commandId, ...fields },
  }: Pick<Call<OrderMethod>, 'context' | 'connection' | 'params'>,
  kind: BlanksCommand['kind'],
): Promise<Record<string, never>> {
  const { staff } = context.sessions.require(connection);
  const sync = await reachable(context);
  // The method's own schema has the fields of its command (contract/blanks.ts).
  const command = { kind, ...fields } as BlanksCommand;
  await sync.moveBlanks({ commandId, actor: staff.number, command });
  return {};
}

function describe({ id, closed, by, at, signed }: CountRecord): BlankCount {
  const { sheets = 0, sheetsExpected = 0 } = closed;
  const settled = signed !== null || isEven(closed);
  return { id, ...closed, sheets, sheetsExpected, by, at, signed, settled };
}

/** By whom a blank was spoiled: before it was bound, or on the printer. */
function findVoid({ store }: ServiceContext, serial: string): MethodOutput<'blanks.list'>['rows'][number]['void'] {
  const spoiled =
    store.blanks.spoiledBy(serial) ?? store.blanks.linesOf(serial).findLast((line) => line.kind === 'blanks.spoiled');
  if (!spoiled) return null;
  const { at, by, witness, reason, note } = spoiled;
  return { at, by, witness, reason, note };
}

function eventsOf({ certificates, handover, history, state }: CaseRecord, serial: string): CaseEvent[] {
  const events: CaseEvent[] = [];
  for (const { blank, printedAt, printedBy, spoiled } of certificates) {
    for (const { blank: wrong, ...rest } of spoiled) if (wrong === serial) events.push({ kind: 'spoiled', ...rest });
    if (blank !== serial) continue;
    const plain = { witness: null, reason: null, note: '' };
    if (printedAt !== null) events.push({ kind: 'printed', at: printedAt, by: printedBy ?? '', ...plain });
    const issued = history.findLast(({ step }) => step === 'T34' || step === 'T37');
    const isIssued = state === 'ISSUED' || state === 'ARCHIVED';
    if (isIssued && issued) events.push({ kind: 'issued', at: issued.at, by: handover?.by ?? issued.by, ...plain });
  }
  return events;
}
