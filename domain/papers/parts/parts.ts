import type { BlankForm } from '../../blanks/serial.ts';
import { maskIdNumber, maskPhone } from '../../identity/mask.ts';
import type { Field, HeadBlock, PaperBlock, PaperDocument } from '../document.ts';
import { PAPERS, type PaperKind } from '../papers.ts';

/** Data that many papers share, and the blocks made of them. Times are hall time, `2018-05-23` or `2018-05-23 09:00`. */

export interface PaperContext {
  /** Name of the registration agency. */
  agency: string;
  /** Where to come and whom to call; a line is left out when empty. */
  address: string;
  phone: string;
  /** 1 for the first print; above that the paper is marked 重打. */
  print: number;
}

/** A person or organisation as a paper shows it; numbers whole, the builder masks them. */
export interface PaperParty {
  name: string;
  kind: 'person' | 'organisation';
  /** 身份证, 统一社会信用代码 … */
  idKind: string;
  idNumber: string;
  phone: string;
}

export interface PaperClerk {
  id: string;
  name: string;
}

export const BLANK_FORM_NAMES: Readonly<Record<BlankForm, string>> = {
  certificate: '不动产权证书',
  proof: '不动产登记证明',
};

interface Frame {
  kind: PaperKind;
  /** Printed at the head when the paper has a number of its own, and in the foot. */
  number: string;
  /** 受理编号 or 预审编号 behind barcode and QR; null when there is nothing to open. */
  code: string | null;
  /** Instead of the code behind the QR. */
  qr?: string | undefined;
  context: PaperContext;
  blocks: PaperBlock[];
}

/** Head and foot of every paper. */
export function makePaper({ kind, number, code, qr, context, blocks }: Frame): PaperDocument {
  const { title } = PAPERS[kind];
  const head: HeadBlock = { kind: 'head', agency: context.agency, title, code, qr, mark: reprintMark(context.print) };
  return { kind, title, number, blocks: [head, ...blocks] };
}

export function reprintMark(print: number): string | null {
  return print > 1 ? `重打 第${print}次` : null;
}

/** Masked for persons; the number of an organisation is public (domain.md §7.3). */
export function shownId({ kind, idNumber }: Pick<PaperParty, 'kind' | 'idNumber'>): string {
  return kind === 'person' ? maskIdNumber(idNumber) : idNumber;
}

export function shownPhone(phone: string): string {
  return phone === '' ? '' : maskPhone(phone);
}

export function namesOf(parties: readonly { name: string }[]): string {
  return parties.map((party) => party.name).join('、');
}

export const body = (text: string): PaperBlock => ({ kind: 'text', style: 'body', text });
export const heading = (text: string): PaperBlock => ({ kind: 'text', style: 'heading', text });
export const note = (text: string): PaperBlock => ({ kind: 'text', style: 'note', text });
export const addressee = (text: string): PaperBlock => ({ kind: 'text', style: 'addressee', text: `${text}：` });
export const numberLine = (text: string): PaperBlock => ({ kind: 'text', style: 'number', text: `编号：${text}` });

export const kept = (label: string, value: string): Field => ({ label, value, keep: true });
export const field = (label: string, value: string): Field => ({ label, value });

/** `咨询电话：…　办公地址：…`, or nothing. */
export function contactNote({ phone, address }: PaperContext): PaperBlock[] {
  const parts = [phone && `咨询电话：${phone}`, address && `办公地址：${address}`].filter((part) => part !== '');
  return parts.length === 0 ? [] : [note(parts.join('　'))];
}

/** How many copies there are and who keeps them. */
export function copiesNote(kind: PaperKind, keepers: string): PaperBlock {
  const count = ['零', '一', '两', '三'][PAPERS[kind].copies] ?? String(PAPERS[kind].copies);
  return note(`本${PAPERS[kind].title}一式${count}份，${keepers}。`);
}

/** 送达回执: proof that a notice reached its people, kept in the file. */
export function receipt(title: string, number: string): PaperBlock[] {
  return [
    { kind: 'cut', text: '送达回执（登记机构存档）' },
    { kind: 'text', style: 'body', text: `本人（单位）已收到《${title}》（${number}）。`, withNext: true },
    {
      kind: 'signatures',
      perRow: 2,
      entries: [{ label: '收件人签字' }, { label: '收件日期' }, { label: '送达人签字' }, { label: '送达方式' }],
    },
  ];
}
