/** 不动产单元号 (domain.md §4.3, GB/T 37346-2019): 28 characters, no check digit. */

const PATTERN = /^\d{12}[GJZ][A-Z]\d{5}(?:[FLQ]\d{8}|W0{8})$/;

export type UnitNumberProblem = 'length' | 'form';
export type UnitNumberResult = { ok: true; number: string } | { ok: false; problem: UnitNumberProblem };

/** Spaces are dropped and letters raised before checking: people type the number in its four printed groups. */
export function parseUnitNumber(text: string): UnitNumberResult {
  const number = text.replace(/\s+/g, '').toUpperCase();
  if (number.length !== 28) return { ok: false, problem: 'length' };
  return PATTERN.test(number) ? { ok: true, number } : { ok: false, problem: 'form' };
}

/** `220402 001002 GB00012 F00030045`: the four groups of the printed form. */
export function formatUnitNumber(number: string): string {
  return `${number.slice(0, 6)} ${number.slice(6, 12)} ${number.slice(12, 19)} ${number.slice(19)}`;
}
