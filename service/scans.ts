import type { MethodOutput } from '../contract/rpc.ts';
import type { HeldScan } from '../db/heldScans.ts';
import type { FoundScan } from '../db/scans.ts';
import type { ScanRecord } from '../domain/case/scan.ts';
import type { ServiceContext } from './context.ts';

/** Steps that several use cases of scanned pages share. */

export type ScanPage = MethodOutput<'case.attachFinish'>;

export function pageOfRecord({ record, own }: FoundScan): ScanPage {
  const { id, caseId, material, page, blob, source, attachedAt, attachedBy } = record;
  return { id, caseId, material, page, blob, source, at: attachedAt, by: attachedBy, state: 'attached', here: own };
}

export function pageOfHeld({ id, caseId, material, page, blob, source, heldAt, heldBy }: HeldScan): ScanPage {
  return { id, caseId, material, page, blob, source, at: heldAt, by: heldBy, state: 'held', here: true };
}

/** The pages of a case, held ones included, in the order in which people turn them. */
export function listPages({ store }: ServiceContext, caseId: string): ScanPage[] {
  const pages = [...store.scans.of(caseId).map(pageOfRecord), ...store.scans.held.of(caseId).map(pageOfHeld)];
  return pages.sort((a, b) => compare(a.material, b.material) || a.page - b.page || compare(a.id, b.id));
}

/** The number of the next page of a material. */
export function nextPage(context: ServiceContext, caseId: string, material: string): number {
  const pages = listPages(context, caseId).filter((page) => page.material === material);
  return Math.max(0, ...pages.map((page) => page.page)) + 1;
}

/**
 * Makes what is held for a case part of it, in order. Called inside the transaction that makes the case, or later in one of
 * its own: pages scanned on the acceptance form are attached with the acceptance or not at all.
 */
export function attachHeldScans({ store }: ServiceContext, caseId: string, actor: string): ScanPage[] {
  return store.scans.held.of(caseId).map((held) => attachScan(store, held, actor));
}

/** Makes one page part of its case, whether it was held before or not. Called inside a transaction. */
export function attachScan(
  store: ServiceContext['store'],
  { id, caseId, material, page, blob, source }: Omit<HeldScan, 'heldAt' | 'heldBy'>,
  actor: string,
): ScanPage {
  const body = { caseId, material, page, blob, source };
  const { entity } = store.ledger.append({ kind: 'scan.attached', stream: `scan:${id}`, actor, body });
  store.scans.held.drop(id);
  return pageOfRecord({ record: entity.record as ScanRecord, own: true });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
