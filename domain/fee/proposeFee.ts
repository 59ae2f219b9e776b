import { feeUseOf } from '../case/details.ts';
import type { FeeLine } from '../case/progress.ts';
import type { CaseRecord } from '../case/types.ts';
import { findItem } from '../catalogue/catalogue.ts';
import { feeOf } from '../catalogue/feeOf.ts';
import type { Catalogue, FeeRow } from '../catalogue/types.ts';
import { type Exemption, formatReason } from './exemptions.ts';

export type FeeUse = 'residential' | 'other';

/** What the clerk knows beyond the record. */
export interface FeeChoices {
  /** Needed when the record does not say what the unit is used for. */
  use?: FeeUse | undefined;
  /** Certificates to be made out; co-owners may each hold one (分别持证). Default 1. */
  certificates?: number | undefined;
  exemption?: Exemption | undefined;
  /** Added to the exemption's reason. */
  note?: string | undefined;
}

export type FeeProposal =
  | { ok: true; lines: FeeLine[]; payer: string }
  /** `use`: the fee depends on it, and nobody has said; `table`: no row for this item and day. */
  | { ok: false; asks: 'use' | 'table' };

type FeeCase = Pick<CaseRecord, 'acceptance'>;

/** Of the catalogue the case was accepted under. */
export type FeeTable = Pick<Catalogue, 'items' | 'fees'>;

/**
 * The fee lines of a case by the table in force on that day. Per item, never by area or price (民法典 第二百二十三条).
 * @param day local calendar day, ISO: that of the acceptance, so that a later decree changes no running case
 */
export function proposeFee(
  { acceptance }: FeeCase,
  catalogue: FeeTable,
  day: string,
  choices: FeeChoices = {},
): FeeProposal {
  const { fees } = catalogue;
  const item = findItem(acceptance.itemCode, catalogue);
  if (!item) return { ok: false, asks: 'table' };
  const known = recordedUse(acceptance.property) ?? choices.use;
  const isUseNeeded = ['F1', 'F½', 'F0/F1'].includes(item.fee);
  if (isUseNeeded && known === undefined) return { ok: false, asks: 'use' };
  const use = known ?? 'other';
  const certificates = item.output === 'none' ? 1 : (choices.certificates ?? 1);
  const fee = feeOf(item, { use, certificates, exempt: false }, fees, day);
  const certificateFen = feeOf({ fee: 'FG' }, { use, certificates: 1, exempt: false }, fees, day)?.amountFen;
  if (!fee || certificateFen === undefined) return { ok: false, asks: 'table' };
  const lines = gather(fee.rows, isUseNeeded ? use : null).map((line, index) =>
    reduce(line, index === 0, choices, certificateFen),
  );
  return { ok: true, lines, payer: payerOf(acceptance) };
}

/** Rows of one class and price become one line. */
function gather(rows: readonly FeeRow[], use: FeeUse | null): FeeLine[] {
  const lines: FeeLine[] = [];
  for (const row of rows) {
    const same = lines.find((line) => line.class === row.class && line.unitFen === row.amountFen);
    if (same) same.count += 1;
    else lines.push({ name: nameOf(row, use), class: row.class, count: 1, unitFen: row.amountFen, reducedFen: 0 });
  }
  return lines;
}

function nameOf(row: FeeRow, use: FeeUse | null): string {
  switch (row.class) {
    case 'FG':
      return '证书工本费';
    case 'extra-copy':
      return '证书工本费（增加一本）';
    case 'F0':
      return '不动产登记费（免收）';
    case 'F80':
      return '不动产登记费（车库、车位、储藏室）';
    default:
      return `不动产登记费（${use === 'residential' ? '住宅' : '非住宅'}${row.class === 'F½' ? '，减半' : ''}）`;
  }
}

function reduce(line: FeeLine, isFirst: boolean, { exemption, note }: FeeChoices, certificateFen: number): FeeLine {
  const full = line.count * line.unitFen;
  if (!exemption || full === 0) return line;
  const reducedFen = Math.min(full, reductionOf(exemption, line, isFirst, certificateFen));
  return reducedFen === 0 ? line : { ...line, reducedFen, reason: formatReason(exemption, note) };
}

function reductionOf({ effect }: Exemption, line: FeeLine, isFirst: boolean, certificateFen: number): number {
  const full = line.count * line.unitFen;
  const isCertificate = line.class === 'FG' || line.class === 'extra-copy';
  switch (effect) {
    case 'all':
      return full;
    case 'half':
      return isCertificate || line.class === 'F½' ? 0 : full / 2;
    case 'certificate-only':
      return isCertificate || !isFirst ? 0 : Math.max(0, full - certificateFen);
  }
}

/** The party registered as right holder: for a mortgage that is the bank. */
function payerOf({ parties }: FeeCase['acceptance']): string {
  const holders = parties.filter((party) => party.role === 'holder').map((party) => party.name);
  return (holders.length > 0 ? holders : parties.map((party) => party.name)).join('、').slice(0, 200);
}

/** What the acceptance says of the unit's use; undefined when it says nothing. */
export function recordedUse({ use }: FeeCase['acceptance']['property']): FeeUse | undefined {
  return use === undefined ? undefined : feeUseOf(use);
}
