import type { CaseRecord, Party, PartyRole } from '../case/types.ts';
import { CATALOGUE, findItem } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { maskIdNumber, maskPhone } from '../identity/mask.ts';
import { formatUnitNumber } from '../numbers/unitNumber.ts';
import type { SlipBlock } from './document.ts';

/** 80 mm paper. */
export const COLUMNS = 48;

export const ROLE_NAMES: Readonly<Record<PartyRole, string>> = {
  holder: '申请人',
  obligor: '义务人',
  agent: '代理人',
};

/** What every slip of a case is told beside the case. */
export interface SlipContext {
  agency: string;
  /** 1 for the first print; above that the slip is marked 重打. */
  print: number;
  /** Moment of printing, local `YYYY-MM-DD HH:mm`. */
  at: string;
  /** Acceptance, or the application that was refused, local `YYYY-MM-DD HH:mm`. */
  acceptedAt: string;
  /** 承诺办结时间, from `promisedTime`; null for an item without a known promise. */
  promisedBy: string | null;
  /** Under which the case was accepted: its names stay. Default: the built-in one. */
  catalogue?: Catalogue | undefined;
}

/** What a slip says of a case; also of one that is about to be accepted. */
export type SlipCase = Pick<CaseRecord, 'acceptance'>;

export function line(text: string, bold = false): SlipBlock {
  return { kind: 'text', text, align: 'left', size: 1, bold };
}

export function centred(text: string, bold = false): SlipBlock {
  return { kind: 'text', text, align: 'centre', size: 1, bold };
}

export function field(label: string, value: string): SlipBlock {
  return { kind: 'field', label, value };
}

/** Agency, title, 重打 and the number as a Code 128. */
export function heading(title: string, number: string, { agency, print }: Pick<SlipContext, 'agency' | 'print'>) {
  const blocks: SlipBlock[] = [centred(agency), { kind: 'text', text: title, align: 'centre', size: 2, bold: true }];
  if (print > 1) blocks.push(centred(`重打 第${print}次`, true));
  blocks.push({ kind: 'barcode', data: number, text: number });
  return blocks;
}

export function itemName(itemCode: string, catalogue: Catalogue = CATALOGUE): string {
  const item = findItem(itemCode, catalogue);
  return item ? `${item.code} ${item.name}` : itemCode;
}

/** Name in full, number masked, phone masked (domain.md §7.3). */
export function partyFields(party: Party): SlipBlock[] {
  const number = party.kind === 'person' ? maskIdNumber(party.idNumber) : party.idNumber;
  const blocks = [field(ROLE_NAMES[party.role], party.name), field('证件号码', number)];
  if (party.phone) blocks.push(field('电话', maskPhone(party.phone)));
  return blocks;
}

export function propertyFields({ acceptance: { property } }: SlipCase): SlipBlock[] {
  const blocks: SlipBlock[] = [];
  if (property.location !== '') blocks.push(field('坐落', property.location));
  if (property.unitNumber) blocks.push(field('单元号', formatUnitNumber(property.unitNumber)));
  return blocks;
}

export function applicantNames({ acceptance }: SlipCase): string {
  return acceptance.parties
    .filter((party) => party.role !== 'agent')
    .map((party) => party.name)
    .join('、');
}

/** A line to sign on, under its label. */
export function signature(label: string): SlipBlock[] {
  return [field(label, ''), { kind: 'feed', lines: 1 }, field('', '_'.repeat(30)), { kind: 'feed', lines: 1 }];
}

/** `550.00 元` */
export function yuan(fen: number): string {
  return `${(fen / 100).toFixed(2)}元`;
}
