import { toWireError, YichuangError } from '../../contract/errors.ts';
import type { PreReviewResult, TakenTicket } from '../../contract/rpc/preReview.ts';
import type { Staff } from '../../contract/rpc.ts';
import { readNumbersAfter } from '../../db/numbersAfter.ts';
import { formatCaseNumber, numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { judge, papersAsked, papersSeen } from '../../domain/preReview/papers.ts';
import type { Passport } from '../../domain/preReview/passport.ts';
import { servedAt } from '../../domain/preReview/place.ts';
import type { PreReviewSaved } from '../../domain/preReview/types.ts';
import { describeMissing } from '../../domain/preReview/whereToGet.ts';
import type { TakeTicket } from '../../domain/queue/commands.ts';
import { isLive } from '../../domain/queue/reduceTicket.ts';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import type { Signer } from '../queue/signer.ts';
import { holderMark, personMark } from './marks.ts';
import { issuePassport } from './passports.ts';
import { describeTicket, noticeSlip, passSlip, printSlips, ticketSlip } from './slips.ts';
import { askerOf, type GivenTicket, takeTicket } from './tickets.ts';
import type { Chosen, Visit } from './visits.ts';

type Chosing = Visit & { chosen: Chosen };

/**
 * Judges once for everything, writes it down, and only then takes a number and prints (T03, T04, T06).
 * @throws YichuangError `prereview-unfinished` while a paper was not answered
 */
export function finishVisit(
  context: ServiceContext,
  visit: Chosing,
  guide: Staff | null,
  priority: boolean,
): Promise<PreReviewResult> {
  const { chosen, person } = visit;
  const catalogue = context.catalogueOf(chosen.catalogueVersion);
  const applied = { item: chosen.item, conditions: chosen.conditions, cardRead: person.way === 'card' };
  const missing = judge(papersAsked(applied, catalogue), chosen.answers);
  if (!missing) throw new YichuangError('prereview-unfinished');
  const { id, saved } = write(context, visit, papersSeen(applied), missing, guide);
  const clerk = guide && { id: guide.number, name: guide.name };
  if (missing.length > 0) {
    const lacked = describeMissing(missing, chosen.item, catalogue);
    return printSlips(context, [noticeSlip(context, saved, lacked, clerk)]).then((printed) => ({
      id,
      number: saved.number,
      outcome: 'failed',
      missing: lacked,
      ticket: null,
      ticketProblem: null,
      printed,
    }));
  }
  return pass(context, visit, { id, saved, guide, priority });
}

/** One transaction: what was answered, and how it was judged. */
function write(
  context: ServiceContext,
  { chosen, person, notice }: Chosing,
  seen: PreReviewSaved['materials'],
  missing: string[],
  guide: Staff | null,
): { id: string; saved: PreReviewSaved } {
  const { store, config } = context;
  const at = new Date(context.now()).toISOString();
  const id = chosen.resumed ?? context.newId();
  const { actor } = askerOf(guide);
  const stream = `prereview:${id}`;
  const saved = store.ledger.transact(() => {
    const held = store.hall.read('prereview', id);
    const body: PreReviewSaved = {
      number: held?.type === 'prereview' ? held.record.number : nextNumber(context),
      itemCode: chosen.item.code,
      ...(chosen.projectKind && { projectKind: chosen.projectKind }),
      catalogueVersion: chosen.catalogueVersion,
      conditions: chosen.conditions,
      parties: person.party ? [person.party] : [],
      typedNumber: person.party ? null : person.idNumber,
      property: null,
      materials: [...seen, ...chosen.answers],
      elder: chosen.elder,
      notice,
      terminal: config.terminal.id,
      guided: guide !== null,
      at,
    };
    store.ledger.append({ kind: 'prereview.saved', stream, actor, body });
    store.ledger.append({ kind: 'prereview.judged', stream, actor, body: { at, missing } });
    return body;
  });
  context.committed([stream]);
  return { id, saved };
}

/** 预审编号: unique without a network, also after these data were restored (db/numbersAfter.ts). */
function nextNumber({ store, config, now }: ServiceContext): string {
  const day = hallDay(now());
  const prefix = numberPrefix(day, config.terminal.id.slice(1), 'Y');
  const used = store.hall
    .byDay('prereview', day)
    .filter(({ number }) => number.startsWith(prefix))
    .map(({ number }) => Number(number.slice(prefix.length)));
  const last = Math.max(readNumbersAfter(store.db, prefix), ...used);
  try {
    return formatCaseNumber(day, config.terminal.id.slice(1), last + 1, 'Y');
  } catch (cause) {
    throw new YichuangError('numbers-exhausted', { cause });
  }
}

interface Passed {
  id: string;
  saved: PreReviewSaved;
  guide: Staff | null;
  priority: boolean;
}

async function pass(context: ServiceContext, visit: Chosing, passed: Passed): Promise<PreReviewResult> {
  const { id, saved, guide } = passed;
  const { config } = context;
  const { zone } = servedAt(visit.chosen.item, config.terminal.place, config.terminal.floor);
  const documents: SlipDocument[] = [];
  let ticket: TakenTicket | null = null;
  let ticketProblem: PreReviewResult['ticketProblem'] = null;
  try {
    const given = await takeNumber(context, visit, passed);
    ticket = describeTicket(context, given);
    documents.push(ticketSlip(context, ticket, given.ticket));
  } catch (error) {
    ticketProblem = describeProblem(context, error, personOf(context, visit));
  }
  const ticketNumber = ticket?.number ?? null;
  const holder = holderMark(id, visit.person.idNumber);
  const passport = passportOf(context.queue?.signer ?? null, { ...saved, id, ticketNumber, holder });
  const clerk = guide && { id: guide.number, name: guide.name };
  documents.push(passSlip(context, saved, { zone: ticket?.zone ?? zone, ticketNumber, passport, clerk }));
  const printed = await printSlips(context, documents);
  return { id, number: saved.number, outcome: 'passed', missing: [], ticket, ticketProblem, printed };
}

/** A live number of the same person for the same item is named: it is still good. */
function describeProblem({ hall }: ServiceContext, error: unknown, person: string): PreReviewResult['ticketProblem'] {
  const { code, message } = toWireError(error);
  const live = hall.tickets().find((ticket) => ticket.person === person && isLive(ticket));
  return { code, message: code === 'one-ticket-each' && live ? `${message}（${live.number}）` : message };
}

function personOf({ config, now }: ServiceContext, { chosen, person }: Chosing): string {
  return personMark(config.terminal.hall, hallDay(now()), person.idNumber, chosen.item.code);
}

/** Without a hall nobody signs, and there is no window that could check it: the number opens the pre-review there. */
function passportOf(signer: Signer | null, passport: PreReviewSaved & Passport): string {
  return signer ? issuePassport(passport, (data) => signer.sign(data)) : passport.number;
}

function takeNumber(context: ServiceContext, visit: Chosing, { id, guide, priority }: Passed): Promise<GivenTicket> {
  const { config, newId } = context;
  const { chosen } = visit;
  const { queue } = servedAt(chosen.item, config.terminal.place, config.terminal.floor);
  const command: TakeTicket = {
    kind: 'take',
    queue,
    // Only staff see who has priority by law; the reason is not kept (domain.md §6.3).
    class: guide && priority ? 'priority' : 'ordinary',
    itemCode: chosen.item.code,
    person: personOf(context, visit),
    elder: chosen.elder,
    batch: 1,
    preReview: id,
    appointment: null,
    backFor: chosen.resumed,
    pinned: null,
    source: guide ? 'desk' : 'kiosk',
  };
  return takeTicket(context, newId(), command, askerOf(guide));
}
