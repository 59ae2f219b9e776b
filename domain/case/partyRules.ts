import { isCalendarDate, parseCitizenId } from '../identity/citizenId.ts';
import { parseCreditCode } from '../identity/creditCode.ts';
import { parseName } from '../identity/name.ts';
import { parseBankCard, parseCompanyAccount } from '../numbers/bankCard.ts';
import { parsePhone } from '../numbers/phone.ts';
import { parsePostcode } from '../numbers/postcode.ts';
import type { AcceptanceProblem } from './problem.ts';
import type { Override, Party } from './types.ts';

/**
 * What is wrong with one party (domain.md §4.1, §4.2, §4.9).
 * @param path such as `parties.0`
 * @param bank whether the item asks for a card or account at all
 */
export function findPartyProblems(party: Party, path: string, today: string, bank: boolean): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const add = (code: AcceptanceProblem['code'], field: string, message: string | null) => {
    if (message !== null) problems.push({ code, path: `${path}.${field}`, message });
  };
  const name = parseName(party.name, party.kind);
  add('party-name', 'name', name.ok ? null : name.message);
  add('party-id', 'idNumber', describeIdProblem(party));
  for (const code of neededOverrides(party, today)) {
    if (!party.overrides.some((override) => override.code === code && override.reason.trim() !== '')) {
      add('override-missing', `overrides.${code}`, OVERRIDE_QUESTIONS[code]);
    }
  }
  if (party.phone) add('party-phone', 'phone', messageOf(parsePhone(party.phone)));
  if (party.postcode) add('party-postcode', 'postcode', messageOf(parsePostcode(party.postcode)));
  if (party.bankNumber) add('party-bank-number', 'bankNumber', describeBankProblem(party, party.bankNumber, bank));
  return problems;
}

function describeBankProblem(party: Party, number: string, bank: boolean): string | null {
  if (!bank) return '本事项不收银行账号';
  return messageOf(party.kind === 'person' ? parseBankCard(number) : parseCompanyAccount(number));
}

function messageOf(result: { ok: true } | { ok: false; message: string }): string | null {
  return result.ok ? null : result.message;
}

function describeIdProblem(party: Party): string | null {
  if (party.idKind === 'credit-code') {
    if (party.kind === 'person') return '个人不用统一社会信用代码，请改选证件种类';
    const result = parseCreditCode(party.idNumber);
    return result.ok || result.problem === 'check-digit' ? null : result.message;
  }
  if (party.kind === 'organisation' && party.idKind !== 'other') return '单位不用个人证件，请改选证件种类';
  if (party.idKind === 'other') return party.idNumber.trim() === '' ? '缺证件号码' : null;
  if (party.idKind === 'permanent-residence' && /^[A-Z]{3}\d{12}$/.test(party.idNumber)) return null;
  const result = parseCitizenId(party.idNumber);
  if (result.ok) return null;
  // On data read from the chip a failed check digit is a warning, not a reason to discard (devices.md §1.6).
  return result.problem === 'check-digit' && party.origin === 'card' ? null : result.message;
}

const OVERRIDE_QUESTIONS: Record<Override['code'], string> = {
  'card-expired': '证件已过有效期：请说明继续受理的理由',
  'id-check-digit': '芯片中的号码校验位不符：请说明继续受理的理由',
  'credit-code-check-digit': '统一社会信用代码校验位不符：请说明继续受理的理由',
  'card-unread': '证件未经读卡器核验：请说明理由',
};

/** Warnings this party raises; each needs a reason before acceptance. */
export function neededOverrides(party: Party, today: string): Override['code'][] {
  const needed: Override['code'][] = [];
  if (party.cardValidTo !== undefined && isCalendarDate(party.cardValidTo) && party.cardValidTo < today)
    needed.push('card-expired');
  if (party.idKind === 'credit-code') {
    const result = parseCreditCode(party.idNumber);
    if (!result.ok && result.problem === 'check-digit') needed.push('credit-code-check-digit');
  } else if (party.kind === 'person' && party.idKind !== 'other') {
    const result = parseCitizenId(party.idNumber);
    if (party.origin === 'card' && !result.ok && result.problem === 'check-digit') needed.push('id-check-digit');
    if (party.origin === 'typed') needed.push('card-unread');
  }
  return needed;
}
