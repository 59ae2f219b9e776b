import type { MaterialCondition, ProjectKind } from '../catalogue/types.ts';
import { PRE_REVIEW_NUMBER } from './number.ts';
import type { MaterialAnswer } from './types.ts';

/**
 * 预审凭证: what the QR of a 预审合格单 says, so that any window can open it, also without a network (users.md §C.7). Nobody
 * stands in it in clear: `holder` is a mark of the identity number, short on purpose. Twenty-four bits notice another
 * person's card (one in sixteen million passes) and are too few to find the number by trying all of them.
 */
export interface Passport {
  /** Of the pre-review, and of the case that will be accepted from it. */
  id: string;
  number: string;
  terminal: string;
  itemCode: string;
  projectKind?: ProjectKind | undefined;
  catalogueVersion: string;
  conditions: MaterialCondition[];
  materials: MaterialAnswer[];
  elder: boolean;
  ticketNumber: string | null;
  /** ISO instant, to the second. */
  at: string;
  /** Six hex digits, see `holderMark` of the service. */
  holder: string;
}

/** Stands at the head of the text; another layout gets another one. */
const HEAD = 'YC1';

/** Letters for conditions; never reused, new ones are added at the end. */
const CONDITIONS: readonly MaterialCondition[] = [
  ...(['agent', 'encumbered', 'organisation', 'pre-notice', 'prior-claims', 'tax', 'inquiry'] as const),
  ...(['maintenance-fund', 'unit-changed', 'other-mortgagees', 'notarised', 'developer-certificate'] as const),
  ...(['renounced', 'certificate-withheld', 'court-order', 'land-certificate', 'divided', 'deed-tax'] as const),
];

const SEPARATOR = '*';
const KINDS: Readonly<Record<ProjectKind, string>> = { INDUSTRIAL: 'I', DEVELOPER: 'D' };

/** The text that is signed: short, in ASCII, every field in its place. */
export function writePassport(passport: Passport): string {
  const { conditions, materials, projectKind } = passport;
  return [
    HEAD,
    passport.id.replaceAll('-', ''),
    passport.number,
    passport.terminal,
    passport.itemCode + (projectKind ? KINDS[projectKind] : ''),
    passport.catalogueVersion,
    conditions.map(letterOf).join(''),
    materials.map(({ code, has }) => (has ? code : code.toLowerCase())).join(''),
    passport.elder ? '1' : '0',
    passport.ticketNumber ?? '',
    Math.floor(Date.parse(passport.at) / 1000).toString(36),
    passport.holder,
  ].join(SEPARATOR);
}

function letterOf(condition: MaterialCondition): string {
  const place = CONDITIONS.indexOf(condition);
  if (place < 0) throw new RangeError(`condition: ${condition}`);
  return String.fromCharCode(97 + place);
}

const FIELDS =
  /^YC1\*([0-9a-f]{32})\*(Y\d{14})\*([A-Z]\d{2})\*([A-Z]\d{2})([ID]?)\*([\w.-]{1,20})\*([a-z]*)\*((?:[A-Za-z]\d{2})*)\*([01])\*((?:[A-Z]{1,2}\d{3,4})?)\*([0-9a-z]{1,8})\*([0-9a-f]{6})$/;

/** @returns null for anything that `writePassport` does not write */
export function readPassport(text: string): Passport | null {
  const found = FIELDS.exec(text);
  if (!found) return null;
  const [, id = '', number = '', terminal = '', itemCode = '', kind = '', catalogueVersion = ''] = found;
  const [letters = '', papers = '', elder, ticket, seconds = '', holder = ''] = found.slice(7);
  const conditions = [...letters].map((letter) => CONDITIONS[letter.charCodeAt(0) - 97]);
  if (conditions.some((each) => each === undefined) || !PRE_REVIEW_NUMBER.test(number)) return null;
  const at = Number.parseInt(seconds, 36) * 1000;
  if (!(at < MAX_MS)) return null;
  return {
    id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    number,
    terminal,
    itemCode,
    ...(kind !== '' && { projectKind: kind === 'I' ? 'INDUSTRIAL' : 'DEVELOPER' }),
    catalogueVersion,
    conditions: conditions as MaterialCondition[],
    materials: (papers.match(/[A-Za-z]\d{2}/g) ?? []).map((code) => ({
      code: code.toUpperCase(),
      has: code === code.toUpperCase(),
    })),
    elder: elder === '1',
    ticketNumber: ticket === '' ? null : (ticket ?? null),
    at: new Date(at).toISOString(),
    holder,
  };
}

/** The last instant a `Date` can be. */
const MAX_MS = 8.64e15;

/** Text and signature as the QR carries them. */
export function sealPassport(text: string, signature: string): string {
  return `${text}${SEPARATOR}${signature}`;
}

/** @returns null when it is no text with a signature of Ed25519 (64 bytes, base64url) behind it */
export function openPassport(sealed: string): { text: string; signature: string } | null {
  const at = sealed.lastIndexOf(SEPARATOR);
  const signature = sealed.slice(at + 1);
  return at > 0 && /^[A-Za-z0-9_-]{86}$/.test(signature) ? { text: sealed.slice(0, at), signature } : null;
}
