import { YichuangError } from '../../contract/errors.ts';
import type { PreReviewFile } from '../../contract/rpc/preReview.ts';
import type { Passport } from '../../domain/preReview/passport.ts';
import type { PreReviewRecord } from '../../domain/preReview/types.ts';
import { hallDayOf } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { holderMark } from './marks.ts';
import { checkPassport } from './passports.ts';

type By = { id: string } | { number: string } | { passport: string };

/**
 * Opens a pre-review at a window or desk (T08). A passport is enough: its record may still lie at a kiosk without a
 * network, and what the slip says was signed there.
 * @param idNumber of the card at hand: is it the holder's?
 * @throws YichuangError `prereview-not-found`, `passport-…`
 */
export function openPreReview(context: ServiceContext, by: By, idNumber: string | undefined): PreReviewFile {
  const { store, now } = context;
  if ('passport' in by) {
    const keysOf = (terminal: string) => store.hall.byKey('signer', terminal).map(({ publicKey }) => publicKey);
    const passport = checkPassport(by.passport, keysOf, now());
    const record = read(context, passport.id);
    return record ? fromRecord(context, record, idNumber, passport) : fromPassport(passport, idNumber);
  }
  const record = 'id' in by ? read(context, by.id) : findByNumber(context, by.number);
  if (!record) throw new YichuangError('prereview-not-found');
  return fromRecord(context, record, idNumber, null);
}

function read({ store }: ServiceContext, id: string): PreReviewRecord | null {
  const held = store.hall.read('prereview', id);
  return held?.type === 'prereview' ? held.record : null;
}

/** The day stands in the number. */
export function findByNumber({ store }: ServiceContext, number: string): PreReviewRecord | null {
  const day = number.replace(/^Y(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3');
  return store.hall.byDay('prereview', day).find((each) => each.number === number) ?? null;
}

function fromRecord(
  { store }: ServiceContext,
  record: PreReviewRecord,
  idNumber: string | undefined,
  passport: Passport | null,
): PreReviewFile {
  const { id, number, state, itemCode, projectKind, catalogueVersion, conditions, parties, typedNumber } = record;
  const holders = [...parties.map((party) => party.idNumber), ...(typedNumber === null ? [] : [typedNumber])];
  const tickets = store.hall.ticketsOfDay(hallDayOf(record.at)).filter(({ preReview }) => preReview === id);
  const ticket = tickets.findLast((each) => each.state !== 'VOIDED') ?? tickets.at(-1);
  return {
    ...{ id, number, state, itemCode, projectKind, catalogueVersion, conditions, parties, typedNumber },
    property: record.property,
    materials: record.materials,
    missing: record.missing,
    elder: record.elder,
    terminal: record.terminal,
    at: record.at,
    ticketNumber: ticket?.number ?? passport?.ticketNumber ?? null,
    sentBack: record.sentBack,
    origin: 'record',
    holder: idNumber === undefined ? null : holders.some((each) => isSame(each, idNumber)) ? 'same' : 'other',
  };
}

function fromPassport(passport: Passport, idNumber: string | undefined): PreReviewFile {
  const { id, number, itemCode, projectKind, catalogueVersion, conditions, materials, elder, terminal, at } = passport;
  return {
    ...{ id, number, itemCode, projectKind, catalogueVersion, conditions, materials, elder, terminal, at },
    state: 'PRE_PASSED',
    parties: [],
    typedNumber: null,
    property: null,
    missing: materials.filter(({ has }) => !has).map(({ code }) => code),
    ticketNumber: passport.ticketNumber,
    sentBack: [],
    origin: 'passport',
    holder: idNumber === undefined ? null : holderMark(id, idNumber) === passport.holder ? 'same' : 'other',
  };
}

function isSame(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}
