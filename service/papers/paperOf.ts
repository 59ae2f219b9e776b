import { YichuangError } from '../../contract/errors.ts';
import type { PaperTarget } from '../../contract/rpc/papers.ts';
import { APPOINTMENT_STATE_NAMES } from '../../domain/board/words.ts';
import type { CaseFile } from '../../domain/case/types.ts';
import { buildAppointmentList } from '../../domain/papers/appointmentList.ts';
import type { PaperDocument } from '../../domain/papers/document.ts';
import {
  type MovedRun,
  movedBlanksRegister,
  type SpoiledSheet,
  spoiledBlanksRegister,
} from '../../domain/papers/ofCase/blanksOfDay.ts';
import type { CaseFacts } from '../../domain/papers/ofCase/facts.ts';
import { buildCasePaper } from '../../domain/papers/ofCase/papersOf.ts';
import { promisedTime } from '../../domain/slip/promisedTime.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import { listAppointments } from '../board/appointments.ts';
import { promiseMade } from '../caseTimes.ts';
import type { ServiceContext } from '../context.ts';
import { paperContext } from './paperContext.ts';

type BlanksTarget = Extract<PaperTarget, { of: 'blanks' }>;

/** What the papers of this case are told beside it. @param print 1 for the first */
export function factsOf(context: ServiceContext, record: CaseFile, print: number): CaseFacts {
  const { config, store } = context;
  const { reviewBody, court } = config.papers;
  const promise = promiseMade(context, record);
  return {
    ...paperContext(context, print),
    remedies: { reviewBody, court },
    at: hallMinute(context.now()),
    catalogue: context.catalogueOf(record.acceptance.catalogueVersion),
    promisedBy: promise && promisedTime(promise),
    nameOf: nameOf(context),
    windowOfBlank: (serial) => store.blanks.find(serial)?.window ?? null,
    transferred: (list) => store.cases.inTransferList(list).map((found) => found.record),
  };
}

/** @throws YichuangError `no-such-slip` while the case has nothing to say on such a paper */
export function casePaper(
  context: ServiceContext,
  record: CaseFile,
  { paper }: Extract<PaperTarget, { of: 'case' }>,
  print: number,
): PaperDocument {
  const document = buildCasePaper(paper, record, factsOf(context, record, print));
  if (!document) throw new YichuangError('no-such-slip');
  return document;
}

/** SL16 of one day, from the book. @throws YichuangError `no-such-slip` on a day without such a line */
export function blanksPaper(context: ServiceContext, { day, purpose, window }: BlanksTarget): PaperDocument {
  const facts = { ...paperContext(context), nameOf: nameOf(context) };
  const number = [day, window, purpose].filter(Boolean).join('-');
  const document =
    purpose === 'void'
      ? spoiledBlanksRegister(spoiledOn(context, day, window), number, facts)
      : movedBlanksRegister(purpose, movedOn(context, { day, purpose, window }), number, facts);
  if (!document) throw new YichuangError('no-such-slip');
  return document;
}

/** SL17 of one day; what was called off is not on it. */
export function appointmentsPaper(context: ServiceContext, day: string): PaperDocument {
  const lines = listAppointments(context, { from: day, to: day })
    .filter(({ record }) => record.state !== 'cancelled')
    .map(({ record, itemName, nameMasked, staffNames }) => ({
      slot: `${hallTime(record.slot.from)}–${hallTime(record.slot.to)}`,
      code: record.code,
      name: nameMasked,
      phone: record.phone,
      item: itemName,
      state: APPOINTMENT_STATE_NAMES[record.state],
      visit: record.visit && {
        address: record.visit.address,
        staff: staffNames.join('、'),
        terminal: record.visit.terminal,
      },
    }));
  return buildAppointmentList(
    {
      day,
      rows: lines.flatMap(({ visit, ...line }) => (visit ? [] : [line])),
      visits: lines.flatMap(({ visit, ...line }) => (visit ? [{ ...line, ...visit }] : [])),
    },
    paperContext(context),
  );
}

function hallTime(instant: string): string {
  return hallMinute(Date.parse(instant)).slice(11);
}

/**
 * Spoiled before they were bound, as the book says, and on the printer, as their cases say. What was taken back on the same
 * day is no longer void.
 */
function spoiledOn({ store }: ServiceContext, day: string, window: string | undefined): SpoiledSheet[] {
  const inStock = store.blanks
    .linesOn(day)
    .filter(({ kind, first }) => kind === 'blanks.spoiled' && store.blanks.find(first)?.state === 'VOID')
    .map(({ first, form, from, reason, note, by, witness, at }) => ({
      serial: first,
      form,
      window: from === 'STORE' ? '' : from,
      reason,
      note,
      by,
      witness: witness ?? '',
      at,
    }));
  const all = [...inStock, ...store.blanks.spoiledOnPrinter(day)];
  return window === undefined ? all : all.filter((each) => each.window === window);
}

function movedOn({ store }: ServiceContext, { day, purpose, window }: Omit<BlanksTarget, 'of'>): MovedRun[] {
  const kind = purpose === 'return' ? 'blanks.returned' : 'blanks.assigned';
  return store.blanks
    .linesOn(day)
    .filter((line) => line.kind === kind)
    .map((line) => ({ ...line, window: purpose === 'return' ? line.from : line.to }))
    .filter((run) => window === undefined || run.window === window);
}

/** Who nobody knows here is called by the number. */
function nameOf({ store }: ServiceContext): (number: string) => string {
  const names = store.staff.names();
  return (number) => names.get(number) ?? number;
}
