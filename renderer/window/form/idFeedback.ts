import { parseCitizenId } from '../../../domain/identity/citizenId.ts';
import { parseCreditCode } from '../../../domain/identity/creditCode.ts';
import type { IdKind } from '../../../domain/identity/idKind.ts';
import { parseUnitNumber } from '../../../domain/numbers/unitNumber.ts';

/** What to say beside a number while it is typed; `typing` is not yet wrong. */
export type Feedback =
  | { kind: 'typing'; length: number; of: number }
  | { kind: 'good'; birth?: string; sex?: 'male' | 'female' }
  | {
      kind: 'bad';
      problem: 'alphabet' | 'birth-date' | 'check-digit' | 'length' | 'old-number' | 'form';
      /** A warning may be overridden with a reason. */
      warning: boolean;
    }
  | { kind: 'none' };

export function idFeedback(idKind: IdKind, typed: string): Feedback {
  const text = typed.trim().toUpperCase();
  if (idKind === 'other' || text === '') return { kind: 'none' };
  if (idKind === 'credit-code') {
    if (/[^0-9A-HJ-NP-RTUW-Y]/.test(text)) return { kind: 'bad', problem: 'alphabet', warning: false };
    if (text.length < 18) return { kind: 'typing', length: text.length, of: 18 };
    const result = parseCreditCode(text);
    if (result.ok) return { kind: 'good' };
    return { kind: 'bad', problem: result.problem, warning: result.problem === 'check-digit' };
  }
  if (idKind === 'permanent-residence' && /^[A-Z]{1,3}\d{0,12}$/.test(text)) {
    return /^[A-Z]{3}\d{12}$/.test(text) ? { kind: 'good' } : { kind: 'typing', length: text.length, of: 15 };
  }
  if (!/^\d{0,17}[\dX]?$/.test(text) && text.length <= 18) return { kind: 'bad', problem: 'alphabet', warning: false };
  if (text.length < 18) return { kind: 'typing', length: text.length, of: 18 };
  const result = parseCitizenId(text);
  if (result.ok) return { kind: 'good', birth: result.value.birth, sex: result.value.sex };
  return { kind: 'bad', problem: result.problem, warning: false };
}

export function unitFeedback(typed: string): Feedback {
  const text = typed.replace(/\s+/g, '');
  if (text === '') return { kind: 'none' };
  if (text.length < 28) return { kind: 'typing', length: text.length, of: 28 };
  const result = parseUnitNumber(text);
  if (result.ok) return { kind: 'good' };
  return { kind: 'bad', problem: result.problem === 'length' ? 'length' : 'form', warning: false };
}

/** The four groups of the printed form while typing: `220402 001002 GB00012 F00030045`. */
export function groupUnitNumber(typed: string): string {
  const text = typed.replace(/\s+/g, '').toUpperCase().slice(0, 28);
  return [text.slice(0, 6), text.slice(6, 12), text.slice(12, 19), text.slice(19)].filter(Boolean).join(' ');
}
