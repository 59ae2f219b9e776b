import { brokenAttachment } from '../../contract/attachment.ts';

/** ITU-T T.81, annex B: markers that stand alone, and frames that tell the size. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

export interface JpegFacts {
  width: number;
  height: number;
  /** Only when the file says more than the 72 that programs write when they do not know. */
  dpi?: number;
}

/**
 * Walks from the first marker to the end of the image, so that one that was cut off is noticed; decodes nothing.
 * @throws YichuangError `attachment-broken`
 */
export function inspectJpeg(bytes: Buffer): JpegFacts {
  let size: { width: number; height: number } | null = null;
  let dpi: number | null = null;
  let hasScan = false;
  let at = 2;
  for (;;) {
    // Any number of fill bytes may stand before a marker.
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined || marker === 0x00) throw brokenAttachment('truncated');
    at += 2;
    if (marker === EOI) break;
    if (marker === SOI || marker === 0x01 || isRestart(marker)) continue;
    if (at + 2 > bytes.length) throw brokenAttachment('truncated');
    const length = bytes.readUInt16BE(at);
    const end = at + length;
    if (length < 2 || end > bytes.length) throw brokenAttachment('truncated');
    if (isFrame(marker) && length >= 8) {
      size ??= { height: bytes.readUInt16BE(at + 3), width: bytes.readUInt16BE(at + 5) };
    } else if (marker === APP0) {
      dpi ??= readDensity(bytes.subarray(at + 2, end));
    }
    at = end;
    if (marker === SOS) {
      hasScan = true;
      at = skipEntropyCoded(bytes, at);
    }
  }
  if (!size || !hasScan || size.width === 0 || size.height === 0) throw brokenAttachment('truncated');
  return dpi === null ? size : { ...size, dpi };
}

/** @returns where the next marker that is no restart begins; the end of the bytes when there is none */
function skipEntropyCoded(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0x00 && next !== 0xff && !isRestart(next)) return at;
  }
  return bytes.length;
}

/** JFIF 1.02: units 1 is dots for an inch, 2 for a centimetre. */
function readDensity(segment: Buffer): number | null {
  if (segment.length < 12 || segment.toString('latin1', 0, 5) !== 'JFIF\0') return null;
  const units = segment[7];
  const density = segment.readUInt16BE(8);
  const dpi = units === 1 ? density : units === 2 ? Math.round(density * 2.54) : 0;
  return dpi > 72 && dpi <= 9_600 ? dpi : null;
}
