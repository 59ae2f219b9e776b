import { type Refused, refuse } from '../numbers/result.ts';

/** Names of people and organisations (domain.md §4.9). Rare characters (Ext B and above) are kept as they are. */

/** Dots that people type for the `·` (U+00B7) of a name such as 阿依古丽·买买提; a full stop only between Han characters. */
const DOTS = /[•‧∙⋅・･]|(?<=\p{Script=Han})[．.](?=\p{Script=Han})/gu;

export type NameProblem = 'empty' | 'length' | 'character';
export type NameResult = { ok: true; name: string } | Refused<NameProblem>;

/** @returns the name trimmed, with one form of the dot; of an organisation a full stop stays one */
export function parseName(text: string, kind: 'person' | 'organisation'): NameResult {
  const name = kind === 'person' ? text.trim().replace(DOTS, '·') : text.trim();
  const characters = [...name];
  const max = kind === 'person' ? 50 : 200;
  if (characters.length < 1) return refuse('empty', kind === 'person' ? '缺姓名' : '缺名称');
  if (characters.length > max) return refuse('length', '姓名或名称应为 1 至 50 字（单位 200 字）');
  const place = characters.findIndex((char) => isUnfit(char, kind)) + 1;
  return place > 0 ? refuse('character', `姓名或名称第 ${place} 字不能用于姓名`) : { ok: true, name };
}

/** Line breaks, control characters and half surrogates stand in no name; digits and signs in no person's. */
function isUnfit(char: string, kind: 'person' | 'organisation'): boolean {
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(char)) return true;
  return kind === 'person' && !/[\p{L}\p{M}\p{Co} ·'’.\-〇]/u.test(char);
}
