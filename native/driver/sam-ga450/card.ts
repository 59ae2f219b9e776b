import type { IdentityCard } from '../../../contract/identity.ts';
import { checkCharacter, isCalendarDate } from '../../../domain/identity/citizenId.ts';

/** Text record of an identity card, UTF-16LE in fixed fields (devices.md §1.6). */

export const TEXT_BYTES = 256;
const KIND_OFFSET = 248;

export type CardProblem = 'bad-text-length' | 'unknown-card-type';
export type CardResult = { ok: true; card: IdentityCard } | { ok: false; problem: CardProblem };

type Warning = IdentityCard['warnings'][number];
/** Offset and length in bytes, as the standard counts. */
type Field = readonly [offset: number, bytes: number];

/**
 * Ethnic group, issuer and the reserved parts are not read at all: the case does not need them (domain.md §7.1).
 * A bad check digit or date is a warning: what the chip says is not thrown away.
 */
export function decodeCard(text: Uint8Array): CardResult {
  if (text.length !== TEXT_BYTES) return { ok: false, problem: 'bad-text-length' };
  const units = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf16le');
  const raw = ([offset, bytes]: Field) => units.slice(offset / 2, (offset + bytes) / 2);
  const read = (...fields: Field[]) => trimPadding(fields.map(raw).join(''));
  switch (read([KIND_OFFSET, 2])) {
    case '':
      return { ok: true, card: resident(read, 'resident') };
    case 'J':
      return { ok: true, card: { ...resident(read, 'hmt-residence'), passNumber: orNull(read([220, 18])) } };
    case 'I':
      return { ok: true, card: permanentResidence2017(read) };
    case 'Y':
      return { ok: true, card: permanentResidence2023(read) };
    default:
      return { ok: false, problem: 'unknown-card-type' };
  }
}

/** The newest address, up to 70 bytes. @returns null when the card holds none */
export function decodeAddedAddress(data: Uint8Array): string | null {
  const even = data.length - (data.length % 2);
  return orNull(trimPadding(Buffer.from(data.buffer, data.byteOffset, even).toString('utf16le')));
}

type Read = (...fields: Field[]) => string;

function resident(read: Read, kind: 'resident' | 'hmt-residence'): IdentityCard {
  const warnings = new Set<Warning>();
  const number = read([122, 36]);
  checkNumber(number, warnings);
  return {
    kind,
    name: read([0, 30]),
    latinName: null,
    sex: sexOf(read([30, 2])),
    birth: isoDate(read([36, 16]), warnings),
    number,
    address: orNull(read([52, 70])),
    ...validity(read, warnings),
    passNumber: null,
    nationality: null,
    warnings: [...warnings],
  };
}

function permanentResidence2017(read: Read): IdentityCard {
  const warnings = new Set<Warning>();
  return {
    kind: 'permanent-residence-2017',
    name: read([158, 30]),
    latinName: orNull(read([0, 120])),
    sex: sexOf(read([120, 2])),
    birth: isoDate(read([220, 16]), warnings),
    // No public rule to check these 15 characters by.
    number: read([122, 30]),
    address: null,
    ...validity(read, warnings),
    passNumber: null,
    nationality: orNull(read([152, 6])),
    warnings: [...warnings],
  };
}

function permanentResidence2023(read: Read): IdentityCard {
  const warnings = new Set<Warning>();
  const number = read([122, 36]);
  checkNumber(number, warnings);
  if (!number.startsWith('9')) warnings.add('check-digit');
  return {
    kind: 'permanent-residence-2023',
    name: read([0, 30]),
    // One name in two places; the blank between two words may lie at the seam.
    latinName: orNull(read([52, 70], [220, 22])),
    sex: sexOf(read([30, 2])),
    birth: isoDate(read([36, 16]), warnings),
    number,
    address: null,
    ...validity(read, warnings),
    passNumber: null,
    nationality: orNull(read([242, 6])),
    warnings: [...warnings],
  };
}

function validity(read: Read, warnings: Set<Warning>): Pick<IdentityCard, 'validFrom' | 'validTo'> {
  const validTo = read([204, 16]);
  return {
    validFrom: orNull(isoDate(read([188, 16]), warnings)),
    validTo: validTo === '长期' ? null : isoDate(validTo, warnings),
  };
}

/** Eight digits to an ISO date. What is no date stays as it is, with a warning: null would mean 长期. */
function isoDate(text: string, warnings: Set<Warning>): string {
  const iso = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (!isCalendarDate(iso)) warnings.add('bad-date');
  return iso;
}

function checkNumber(number: string, warnings: Set<Warning>): void {
  if (!/^\d{17}[\dX]$/.test(number) || checkCharacter(number) !== number.charAt(17)) warnings.add('check-digit');
  else if (!isCalendarDate(number.replace(/^.{6}(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3'))) warnings.add('bad-date');
}

/** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
function sexOf(code: string): IdentityCard['sex'] {
  if (code === '1') return 'male';
  return code === '2' ? 'female' : 'unknown';
}

/** Fields are padded with blanks, some readers use NUL. Nothing else is padding: rare characters stay unchanged. */
function trimPadding(text: string): string {
  return text.replace(/[ \0]+$/, '');
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
