import { brokenAttachment } from '../../contract/attachment.ts';
import type { ScanBlob } from '../../domain/case/scan.ts';
import { inspectJpeg } from './jpeg.ts';
import { countPdfPages } from './pdf.ts';

/** Endings that promise one of the two kinds; any other, and none, promises nothing. */
const PROMISED: readonly [RegExp, ScanBlob['media']][] = [
  [/\.(jpe?g|jpe|jfif)$/i, 'image/jpeg'],
  [/\.pdf$/i, 'application/pdf'],
];

type Unnamed<B> = B extends ScanBlob ? Omit<B, 'sha256' | 'bytes'> : never;

/** What a record says of an image, besides its hash and length. */
export type BlobFacts = Unnamed<ScanBlob>;

/**
 * What a file really is, by its content; its name is only compared.
 * @throws YichuangError `attachment-broken`, with `why` in its details
 */
export async function inspectAttachment(bytes: Buffer, name: string): Promise<BlobFacts> {
  if (bytes.length === 0) throw brokenAttachment('empty');
  const media = sniff(bytes);
  if (media === null) throw brokenAttachment('not-a-page');
  const promised = PROMISED.find(([ending]) => ending.test(name))?.[1];
  if (promised !== undefined && promised !== media) throw brokenAttachment('wrong-type');
  if (media === 'application/pdf') return { media, pages: await countPdfPages(bytes) };
  return { media, ...inspectJpeg(bytes) };
}

function sniff(bytes: Buffer): ScanBlob['media'] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  // ISO 32000-1, annex H: readers accept the header within the first 1,024 bytes.
  return bytes.subarray(0, 1024).includes('%PDF-') ? 'application/pdf' : null;
}
