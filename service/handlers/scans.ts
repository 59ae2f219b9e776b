import { BlobError } from '../../blob/store.ts';
import { HashDiffersError } from '../../blob/writer.ts';
import { brokenAttachment } from '../../contract/attachment.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { scansMethods } from '../../contract/rpc/scans.ts';
import type { MethodName } from '../../contract/rpc.ts';
import { ATTACHMENT_CHUNK_BYTES, type ScanBlob } from '../../domain/case/scan.ts';
import { findMaterial } from '../../domain/catalogue/catalogue.ts';
import { inspectAttachment } from '../attachment/inspect.ts';
import type { Announced } from '../attachment/uploads.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { attachHeldScans, attachScan, listPages, nextPage, pageOfHeld, pageOfRecord, type ScanPage } from '../scans.ts';

type ScanMethod = Extract<MethodName, keyof typeof scansMethods>;

/** Earlier than any instant: an image that any record ever named is left to the nightly job. */
const EVER = '';

export const scanHandlers: Handlers<ScanMethod> = {
  'case.attach': async ({ context, connection, params }) => {
    if (!findMaterial(params.material, catalogueFor(context, params.caseId)))
      throw new YichuangError('bad-input', { details: { fields: ['material'] } });
    await context.uploads.begin(connection, params);
    return { chunkBytes: ATTACHMENT_CHUNK_BYTES };
  },

  'case.attachChunk': async ({ context, connection, params }) => {
    const piece = Buffer.from(params.data, 'base64');
    return { received: await context.uploads.append(connection, params.scanId, params.offset, piece) };
  },

  'case.attachFinish': async ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    const known = findSame(context, params.scanId, params.sha256);
    if (known) {
      await context.uploads.discard(params.scanId);
      return known;
    }
    const { announced, writer, content } = context.uploads.take(connection, params.scanId);
    try {
      const facts = await inspectAttachment(content, announced.name);
      return await writer.finish(params.sha256, (stored) => {
        const blob: ScanBlob = { ...facts, ...stored };
        const before = context.store.scans.held.find(announced.scanId)?.blob.sha256;
        const page = context.store.ledger.transact(() => keep(context, announced, blob, staff.number));
        // What was turned or cropped away is not kept (domain.md §7.2).
        if (before !== undefined) context.store.scans.removeImage(before, EVER);
        context.committed([`case:${announced.caseId}`]);
        return page;
      });
    } catch (error) {
      await writer.abort();
      throw error instanceof HashDiffersError ? brokenAttachment('hash-differs', error) : error;
    }
  },

  'scans.list': ({ context, params }) => ({ pages: listPages(context, params.caseId) }),

  'scans.page': async ({ context, params }) => {
    const { blob, here } = findPage(context, params.scanId);
    if (!context.store.blobs.has(blob.sha256)) await bring(context, blob.sha256, here);
    try {
      const data = await context.store.blobs.read(blob.sha256, params.offset, ATTACHMENT_CHUNK_BYTES);
      return { data: data.toString('base64'), total: blob.bytes, media: blob.media, sha256: blob.sha256 };
    } catch (error) {
      throw error instanceof BlobError ? new YichuangError('attachment-damaged', { cause: error }) : error;
    }
  },

  'scans.attachHeld': ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    if (!context.store.cases.find(params.caseId)) throw new YichuangError('case-not-found');
    const pages = context.store.ledger.transact(() => attachHeldScans(context, params.caseId, staff.number));
    context.committed([`case:${params.caseId}`]);
    return { pages };
  },

  'scans.reorder': ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    const { store } = context;
    const pages = listPages(context, params.caseId).filter(({ material }) => material === params.material);
    const byId = new Map(pages.map((page) => [page.id, page]));
    const isSame = params.order.length === pages.length && new Set(params.order).size === pages.length;
    if (!isSame || !params.order.every((id) => byId.has(id)))
      throw new YichuangError('scan-not-found', { details: { fields: ['order'] } });
    store.ledger.transact(() => {
      for (const [index, id] of params.order.entries()) {
        const before = byId.get(id);
        if (!before || before.page === index + 1) continue;
        if (before.state === 'held') store.scans.held.move(id, index + 1);
        else {
          const body = { page: index + 1 };
          store.ledger.append({ kind: 'scan.moved', stream: `scan:${id}`, actor: staff.number, body });
        }
      }
    });
    context.committed([`case:${params.caseId}`]);
    return { pages: listPages(context, params.caseId).filter(({ material }) => material === params.material) };
  },

  'scans.remove': ({ context, connection, params }) => {
    const { staff } = context.sessions.require(connection);
    const { store } = context;
    const page = findPage(context, params.scanId);
    if (page.state === 'held') {
      store.scans.held.drop(page.id);
      store.scans.removeImage(page.blob.sha256, EVER);
    } else {
      const { reason } = params;
      store.ledger.append({ kind: 'scan.removed', stream: `scan:${page.id}`, actor: staff.number, body: { reason } });
    }
    context.committed([`case:${page.caseId}`]);
    return {};
  },
};

/** @param here scanned on this machine: only an older copy of its disk, or damage, lacks it */
async function bring({ images }: ServiceContext, sha256: string, here: boolean): Promise<void> {
  try {
    await images.fetch(sha256);
  } catch (error) {
    const isNowhere = error instanceof YichuangError && error.code === 'attachment-elsewhere';
    throw here && isNowhere ? new YichuangError('attachment-damaged', { cause: error }) : error;
  }
}

/** A case keeps the catalogue it was accepted under. */
function catalogueFor(context: ServiceContext, caseId: string) {
  const version = context.store.cases.find(caseId)?.record.acceptance.catalogueVersion;
  return version === undefined ? context.catalogueInForce() : context.catalogueOf(version);
}

/** Runs in the transaction that makes the page a record, or holds it. */
function keep(context: ServiceContext, announced: Announced, blob: ScanBlob, actor: string): ScanPage {
  const { store } = context;
  const { scanId: id, caseId, material, source, hold } = announced;
  if (store.scans.find(id)) throw new YichuangError('illegal-transition');
  const before = store.scans.held.find(id);
  const page = before?.material === material ? before.page : nextPage(context, caseId, material);
  const scan = { id, caseId, material, page, blob, source };
  if (!hold && store.cases.find(caseId)) return attachScan(store, scan, actor);
  const held = { ...scan, heldAt: iso(context), heldBy: actor };
  store.scans.held.put(held);
  return pageOfHeld(held);
}

/** The answer to a repeated call, whose first answer was lost. */
function findSame(context: ServiceContext, scanId: string, sha256: string): ScanPage | null {
  const page = tryFindPage(context, scanId);
  return page?.blob.sha256 === sha256 ? page : null;
}

function findPage(context: ServiceContext, scanId: string): ScanPage {
  const page = tryFindPage(context, scanId);
  if (!page) throw new YichuangError('scan-not-found');
  return page;
}

function tryFindPage({ store }: ServiceContext, scanId: string): ScanPage | null {
  const found = store.scans.find(scanId);
  if (found) return found.record.removed ? null : pageOfRecord(found);
  const held = store.scans.held.find(scanId);
  return held && pageOfHeld(held);
}

function iso(context: ServiceContext): string {
  return new Date(context.now()).toISOString();
}
