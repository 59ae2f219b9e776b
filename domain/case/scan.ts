/**
 * Scanned papers (domain.md §3.9): each page is a stream of its own, so that it never conflicts with the version of its
 * case. The image itself lies beside the database; the record names it by its hash.
 */

/** What one attachment may weigh: a page of A3 at 300 dpi in JPEG is a tenth of it. */
export const MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024;

/** Bytes of one piece on the way to or from a page; as base64 it fits a message of 1 MiB. */
export const ATTACHMENT_CHUNK_BYTES = 512 * 1024;

interface BlobName {
  /** Of the bytes as scanned, lower-case hex; taken before anything else is done with them. */
  sha256: string;
  bytes: number;
}

export interface JpegBlob extends BlobName {
  media: 'image/jpeg';
  /** Pixels; turning and cropping are done already. */
  width: number;
  height: number;
  /** As the file says; absent when it does not (a document camera cannot know). */
  dpi?: number | undefined;
}

export interface PdfBlob extends BlobName {
  media: 'application/pdf';
  pages: number;
}

export type ScanBlob = JpegBlob | PdfBlob;

export type ScanSource = 'camera' | 'file';

export interface ScanAttached {
  caseId: string;
  /** `M04` */
  material: string;
  /** From 1 within case and material; two that are equal stand in the order of their ids. */
  page: number;
  blob: ScanBlob;
  source: ScanSource;
}

/** The bodies of the ops on a stream `scan:<uuid>`. */
export interface ScanBodies {
  'scan.attached': ScanAttached;
  'scan.moved': { page: number };
  'scan.removed': { reason: string };
}

/** The state of one stream `scan:<uuid>`. */
export interface ScanRecord extends ScanAttached {
  id: string;
  version: number;
  attachedAt: string;
  /** Staff number. */
  attachedBy: string;
  /** A page scanned by mistake: the record stays, the page is no longer part of the case. */
  removed: { reason: string; at: string; by: string } | null;
}

export type ScanChange = {
  [K in keyof ScanBodies]: { kind: K; body: ScanBodies[K]; at: string; actor: string };
}[keyof ScanBodies];

/** @returns the record after the change, or null when it is not legal: attached twice, or changed after its removal */
export function changeScan(current: ScanRecord | null, id: string, change: ScanChange): ScanRecord | null {
  if (change.kind === 'scan.attached') {
    if (current) return null;
    return { ...change.body, id, version: 1, attachedAt: change.at, attachedBy: change.actor, removed: null };
  }
  if (!current || current.removed) return null;
  const next = { ...current, version: current.version + 1 };
  if (change.kind === 'scan.moved') return { ...next, page: change.body.page };
  return { ...next, removed: { reason: change.body.reason, at: change.at, by: change.actor } };
}
