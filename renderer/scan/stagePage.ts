import { ERRORS } from '../../contract/errors.ts';
import type { ScanSource } from '../../domain/case/scan.ts';
import type { Failure } from '../app/failure.ts';
import { t } from '../strings/index.ts';
import { type Edit, isUnchanged, UNCHANGED } from './geometry.ts';
import { isPlainJpeg, renderPage } from './picture.ts';
import type { ScanPage } from './transfer.ts';

/** One page in the scan dialog. */
export interface StagePage {
  /** The page's own, chosen here: sent again it is the same page. */
  id: string;
  caseId: string;
  material: string;
  source: ScanSource;
  /** Ending of the file it came from; the name itself stays with the person. */
  name: string;
  media: 'image/jpeg' | 'application/pdf';
  state: 'saving' | 'held' | 'attached' | 'failed';
  /** What it is made of, until it is part of the case; fetched when needed. */
  master: Blob | null;
  edit: Edit;
  /** Pages of a PDF. */
  sheets: number | null;
  /** Address of a small picture; null for a PDF and while it is made. */
  thumbnail: string | null;
  failure: Failure | null;
}

const UNREADABLE: Failure = {
  code: 'attachment-broken',
  message: t.scan.unreadable,
  details: null,
};

export function newPage(
  place: Pick<StagePage, 'id' | 'caseId' | 'material'>,
  source: ScanSource,
  master: Blob,
  name = '',
): StagePage {
  const isPdf = master.type === 'application/pdf' || /\.pdf$/i.test(name);
  return {
    ...place,
    source,
    name: /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '',
    media: isPdf ? 'application/pdf' : 'image/jpeg',
    state: 'saving',
    master,
    edit: UNCHANGED,
    sheets: null,
    thumbnail: null,
    failure: null,
  };
}

export function pageFromService(page: ScanPage): StagePage {
  return {
    id: page.id,
    caseId: page.caseId,
    material: page.material,
    source: page.source,
    name: '',
    media: page.blob.media,
    state: page.state,
    master: null,
    edit: UNCHANGED,
    sheets: page.blob.media === 'application/pdf' ? page.blob.pages : null,
    thumbnail: null,
    failure: null,
  };
}

/**
 * The bytes the record is to keep.
 * @throws Failure when the file is no picture
 */
export async function storedBytes(page: StagePage, master: Blob): Promise<{ content: Blob; name: string }> {
  if (page.media === 'application/pdf') return { content: master, name: page.name };
  const asItIs = page.source === 'file' && isUnchanged(page.edit) && (await isPlainJpeg(master));
  if (asItIs) return { content: master, name: page.name };
  try {
    return { content: await renderPage(master, page.edit), name: '' };
  } catch {
    throw UNREADABLE;
  }
}

export function isFailure(error: unknown): error is Failure {
  return error === UNREADABLE || error === TOO_LARGE;
}

/** A file that is too large is not even read. */
export const TOO_LARGE: Failure = {
  code: 'attachment-too-large',
  message: ERRORS['attachment-too-large'],
  details: null,
};

/** Puts the page `id` one place up or down among those of its material; null when it stands at the end already. */
export function movedIds(pages: readonly StagePage[], id: string, step: 1 | -1): string[] | null {
  const ids = pages.map((page) => page.id);
  const at = ids.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= ids.length) return null;
  ids.splice(to, 0, ...ids.splice(at, 1));
  return ids;
}

/** A PDF stays as it is, and so does what is part of a case. */
export function isEditable({ media, state }: StagePage): boolean {
  return media === 'image/jpeg' && state !== 'attached';
}
