import { YichuangError } from '../../contract/errors.ts';
import type { preReviewMethods, Visitor } from '../../contract/rpc/preReview.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { isOfferedAt } from '../../domain/catalogue/offered.ts';
import { maskName } from '../../domain/identity/mask.ts';
import { NOTICE } from '../../domain/preReview/notice.ts';
import { papersAsked } from '../../domain/preReview/papers.ts';
import type { PreReviewRecord } from '../../domain/preReview/types.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { finishVisit } from '../preReview/finish.ts';
import { guideAt, staffAt, takeOf } from '../preReview/guided.ts';
import { openPreReview } from '../preReview/open.ts';
import { type Person, personOfCard, personOfNumber } from '../preReview/person.ts';
import { describeTicket, printSlips, ticketSlip } from '../preReview/slips.ts';
import { askerOf, reprintTicket, takeTicket } from '../preReview/tickets.ts';
import type { Chosen, Visit } from '../preReview/visits.ts';
import { say } from '../preReview/voice.ts';

/** The reader's own time after the last look. */
const READ_MS = 8_000;

/** From the card to the ticket. Whatever is known of a visitor ends with his visit. */
export const preReviewHandlers: Handlers<keyof typeof preReviewMethods> = {
  'prereview.identify': async ({ context, connection, params: { notice, by } }) => {
    if (notice !== NOTICE.version) throw new YichuangError('bad-input', { details: { fields: ['notice'] } });
    const turn = context.visits.turn(connection);
    const person = await identify(context, by);
    context.visits.begin(connection, turn, { notice, person });
    return describeVisitor(context, person);
  },

  'prereview.start': ({ context, connection, params }) => {
    const visit = context.visits.get(connection);
    if (visit.result) throw new YichuangError('visit-over');
    visit.chosen = choose(context, visit, params);
    return underWay(context, visit, visit.chosen);
  },

  'prereview.setMaterial': ({ context, connection, params: { code, has } }) => {
    const visit = context.visits.chosen(connection);
    if (visit.result) throw new YichuangError('visit-over');
    const asked = askedIn(context, visit, visit.chosen);
    if (!asked.some((material) => material.code === code)) throw new YichuangError('prereview-not-asked');
    const others = visit.chosen.answers.filter((answer) => answer.code !== code);
    visit.chosen.answers = [...others, { code, has }];
    return underWay(context, visit, visit.chosen);
  },

  'prereview.finish': ({ context, connection, params: { priority } }) => {
    const visit = context.visits.chosen(connection);
    // A double touch is one ticket.
    visit.result ??= finishVisit(context, visit, guideAt(context, connection), priority);
    return visit.result;
  },

  'prereview.cancel': ({ context, connection }) => {
    context.visits.end(connection);
    return {};
  },

  'prereview.get': ({ context, params: { by, idNumber } }) => openPreReview(context, by, idNumber),

  'prereview.help': ({ context, connection }) => {
    const { store, config, newId, now } = context;
    const { id: terminal, floor } = config.terminal;
    if (openCalls(context).some((call) => call.terminal === terminal)) return {};
    const stream = `help:${newId()}`;
    const { actor } = askerOf(guideAt(context, connection));
    const body = { terminal, floor, at: new Date(now()).toISOString() };
    store.ledger.append({ kind: 'help.called', stream, actor, body });
    context.committed([stream]);
    return {};
  },

  'prereview.helpCalls': ({ context }) =>
    openCalls(context).map(({ id, terminal, floor, at }) => ({ id, terminal, floor, at })),

  'prereview.answerHelp': ({ context, connection, params: { id } }) => {
    const actor = staffAt(context, connection).number;
    if (!openCalls(context).some((call) => call.id === id)) throw new YichuangError('help-answered');
    const stream = `help:${id}`;
    const body = { at: new Date(context.now()).toISOString() };
    context.store.ledger.append({ kind: 'help.answered', stream, actor, body });
    context.committed([stream]);
    return {};
  },

  'prereview.say': ({ context, params }) => say(context, params),

  'ticket.take': async ({ context, connection, params }) => {
    const command = takeOf(context, params.for);
    const asker = askerOf(staffAt(context, connection));
    const given = await takeTicket(context, params.commandId, command, asker);
    const ticket = describeTicket(context, given);
    return { ticket, printed: await printSlips(context, [ticketSlip(context, ticket, given.ticket)]) };
  },

  'ticket.reprint': async ({ context, connection, params: { commandId, number } }) => {
    const found = context.hall.tickets().findLast((each) => each.number === number && each.state !== 'VOIDED');
    if (!found) throw new YichuangError('ticket-gone');
    const given = await reprintTicket(context, commandId, found.id, askerOf(staffAt(context, connection)));
    const ticket = describeTicket(context, given);
    return { ticket, printed: await printSlips(context, [ticketSlip(context, ticket, given.ticket)]) };
  },
};

type By = { kind: 'card'; waitMs: number } | { kind: 'typed'; number: string };

async function identify(context: ServiceContext, by: By): Promise<Person> {
  const { devices, now } = context;
  if (by.kind === 'typed') return personOfNumber(by.number, hallDay(now()));
  if (!devices.has('idReader')) throw new YichuangError('device-not-configured');
  const card = await devices.call('reader.read', { waitMs: by.waitMs }, by.waitMs + READ_MS);
  return personOfCard(card, hallDay(now()));
}

function describeVisitor(context: ServiceContext, person: Person): Visitor {
  const { idNumber, party, way, elder } = person;
  return {
    name: party && maskName(party.name, 'person'),
    // Of the citizen himself, before his eyes (domain.md §7.3).
    number: idNumber.length === 18 ? `${idNumber.slice(0, 3)}${'*'.repeat(11)}${idNumber.slice(-4)}` : '****',
    way,
    elder,
    unfinished: unfinishedOf(context, idNumber).map(({ id, number, itemCode, missing }) => ({
      ...{ id, number, itemCode, missing },
    })),
  };
}

/** T05: of this person, today, and lacking papers. */
function unfinishedOf({ store, now }: ServiceContext, idNumber: string): PreReviewRecord[] {
  return store.hall
    .byDay('prereview', hallDay(now()))
    .filter(({ state, ended }) => ended === null && (state === 'PRE_FAILED' || state === 'PRE_REVIEW'))
    .filter(({ parties, typedNumber }) =>
      [typedNumber, ...parties.map((party) => party.idNumber)].some((each) => each?.toUpperCase() === idNumber),
    )
    .slice(-10);
}

function choose(
  context: ServiceContext,
  { person }: Visit,
  params: Parameters<(typeof preReviewHandlers)['prereview.start']>[0]['params'],
): Chosen {
  const catalogue = context.catalogueInForce();
  const resumed = params.resume === undefined ? null : findUnfinished(context, person, params.resume);
  const item = findItem(resumed?.itemCode ?? params.itemCode, catalogue);
  if (!item || !isOfferedAt(item, context.config.terminal)) throw new YichuangError('item-not-found');
  // T43: what a court brings is served at once, and nobody applies for what the registrar corrects.
  if (item.applicancy === 'entrusted' || item.applicancy === 'ex-officio') {
    throw new YichuangError('prereview-not-needed');
  }
  const projectKind = resumed ? resumed.projectKind : params.projectKind;
  if ('byProjectKind' in item.promise !== (projectKind !== undefined)) {
    throw new YichuangError('bad-input', { details: { fields: ['projectKind'] } });
  }
  return {
    item,
    catalogueVersion: catalogue.version,
    projectKind,
    conditions: resumed ? resumed.conditions : params.conditions,
    elder: params.elder ?? person.elder,
    // What was there then need not be asked again; what was missing is.
    answers: resumed ? resumed.materials.filter(({ has }) => has) : [],
    resumed: resumed?.id ?? null,
  };
}

function findUnfinished(context: ServiceContext, person: Person, id: string): PreReviewRecord {
  const found = unfinishedOf(context, person.idNumber).find((each) => each.id === id);
  if (!found) throw new YichuangError('prereview-not-found');
  return found;
}

function askedIn(context: ServiceContext, { person }: Visit, { item, conditions, catalogueVersion }: Chosen) {
  return papersAsked({ item, conditions, cardRead: person.way === 'card' }, context.catalogueOf(catalogueVersion));
}

function underWay(context: ServiceContext, visit: Visit, chosen: Chosen): MethodOutput<'prereview.start'> {
  return {
    itemCode: chosen.item.code,
    catalogueVersion: chosen.catalogueVersion,
    materials: askedIn(context, visit, chosen).map(({ code, name, hint }) => ({
      ...{ code, name, hint },
      has: chosen.answers.find((answer) => answer.code === code)?.has ?? null,
    })),
  };
}

function openCalls({ store, now }: ServiceContext) {
  return store.hall
    .byDay('help', hallDay(now()))
    .filter(({ answered }) => answered === null)
    .sort((a, b) => a.at.localeCompare(b.at));
}
