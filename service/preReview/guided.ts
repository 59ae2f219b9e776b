import { YichuangError } from '../../contract/errors.ts';
import type { MethodParams, Staff } from '../../contract/rpc.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { servedAt } from '../../domain/preReview/place.ts';
import type { TakeTicket } from '../../domain/queue/commands.ts';
import { hallDay, hallDayOf } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { findByNumber } from './open.ts';

type Wanted = MethodParams<'ticket.take'>['for'];
type Fields = Pick<TakeTicket, 'queue' | 'class' | 'itemCode'> & Partial<TakeTicket>;

/** A number that staff give at the desk without a pre-review (domain.md §6.1, §3.8). @throws YichuangError */
export function takeOf(context: ServiceContext, wanted: Wanted): TakeTicket {
  return {
    kind: 'take',
    person: null,
    elder: false,
    batch: 1,
    preReview: null,
    appointment: null,
    backFor: null,
    pinned: null,
    source: 'desk',
    ...fieldsOf(context, wanted),
  };
}

function fieldsOf(context: ServiceContext, wanted: Wanted): Fields {
  switch (wanted.kind) {
    case 'ordinary':
      return { ...forItem(context, wanted.itemCode), class: wanted.priority ? 'priority' : 'ordinary' };
    case 'enterprise':
      return { ...forItem(context, wanted.itemCode), class: 'enterprise', batch: wanted.batch };
    case 'pickup':
      return forPickup(context, wanted.caseNumber);
    case 'back':
      return forReturn(context, wanted.number);
    case 'appointment':
      return forAppointment(context, wanted.code);
  }
}

function forItem({ catalogueInForce, config }: ServiceContext, itemCode: string): Fields {
  const item = findItem(itemCode, catalogueInForce());
  if (!item) throw new YichuangError('item-not-found');
  const { queue } = servedAt(item, config.terminal.place, config.terminal.floor);
  return { queue, class: 'ordinary', itemCode };
}

/** L: collected on another day than it was applied for, at the window of the acceptance (domain.md §6.1). */
function forPickup(context: ServiceContext, number: string): Fields {
  const { record } = findCase(context, number.trim());
  if (record.state !== 'READY' && record.state !== 'PICKUP_CALLED') throw new YichuangError('pickup-not-ready');
  const { itemCode, window } = record.acceptance;
  return { ...forItem(context, itemCode), class: 'pickup', pinned: window };
}

/** Back with papers on the same day: the pre-review, or the case that waits for them (users.md §C.8). */
function forReturn(context: ServiceContext, typed: string): Fields {
  const number = typed.trim().toUpperCase();
  const today = hallDay(context.now());
  const review = findByNumber(context, number);
  if (review) {
    const isOpen = review.ended === null && hallDayOf(review.at) === today;
    if (!isOpen || (review.state === 'PRE_PASSED' && review.sentBack.length === 0)) {
      throw new YichuangError('back-not-found');
    }
    return { ...forItem(context, review.itemCode), elder: review.elder, preReview: review.id, backFor: review.id };
  }
  const record = context.store.cases.find(number)?.record;
  if (record?.state !== 'SUPPLEMENT') throw new YichuangError('back-not-found');
  const { itemCode, window } = record.acceptance;
  return { ...forItem(context, itemCode), backFor: record.id, pinned: window };
}

/** Y: whether its hour is now, early or over is decided where the number is given (domain.md §6.3). */
function forAppointment(context: ServiceContext, code: string): Fields {
  const today = hallDay(context.now());
  const found = context.store.hall
    .byKey('appointment', code)
    .find((each) => each.day === today && each.state === 'booked');
  if (!found) throw new YichuangError('appointment-gone');
  return { ...forItem(context, found.itemCode), class: 'appointment', appointment: found.id };
}

/** @throws YichuangError `not-signed-in` */
export function staffAt({ sessions }: ServiceContext, connection: string): Staff {
  return sessions.require(connection).staff;
}

/** Who guides at this page; null where a citizen is alone with it. */
export function guideAt({ sessions }: ServiceContext, connection: string): Staff | null {
  const staff = sessions.get(connection)?.staff ?? null;
  return staff?.roles.some((role) => role === 'PRE' || role === 'GUIDE') ? staff : null;
}
