import { type Refused, refuse } from './result.ts';

/** 份额 (domain.md §4.9): `1/2` or `33.3%`, kept as written and reckoned in whole numbers, so that three thirds are one. */

export interface Share {
  numerator: bigint;
  denominator: bigint;
}

export type ShareProblem = 'form' | 'zero' | 'above-one' | 'length';
export type ShareResult = { ok: true; share: Share } | Refused<ShareProblem>;

const MAX_LENGTH = 40;

export function parseShare(text: string): ShareResult {
  const plain = text.trim().replace('／', '/').replace('％', '%');
  if (plain.length > MAX_LENGTH) return refuse('length', `份额最多 ${MAX_LENGTH} 个字符`);
  const share = readFraction(plain) ?? readPercent(plain);
  if (!share) return refuse('form', '份额应写成分数或百分数，如 1/2 或 50%');
  if (share.denominator === 0n) return refuse('zero', '份额的分母不能为 0');
  if (share.numerator === 0n) return refuse('zero', '份额应大于 0');
  if (share.numerator > share.denominator) return refuse('above-one', '一人的份额不能超过全部');
  return { ok: true, share: reduceShare(share) };
}

export function addShares(shares: readonly Share[]): Share {
  return shares.reduce<Share>(
    (sum, share) =>
      reduceShare({
        numerator: sum.numerator * share.denominator + share.numerator * sum.denominator,
        denominator: sum.denominator * share.denominator,
      }),
    { numerator: 0n, denominator: 1n },
  );
}

/** True when they are the whole, neither less nor more. */
export function isWhole({ numerator, denominator }: Share): boolean {
  return numerator === denominator;
}

export function formatShare({ numerator, denominator }: Share): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

function readFraction(text: string): Share | null {
  const [, numerator, denominator] = /^(\d+)\s*\/\s*(\d+)$/.exec(text) ?? [];
  if (numerator === undefined || denominator === undefined) return null;
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

function readPercent(text: string): Share | null {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?\s*%$/.exec(text) ?? [];
  if (whole === undefined) return null;
  return { numerator: BigInt(whole + decimals), denominator: 100n * 10n ** BigInt(decimals.length) };
}

function reduceShare({ numerator, denominator }: Share): Share {
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
