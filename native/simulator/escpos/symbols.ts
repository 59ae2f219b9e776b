import bwipjs from 'bwip-js';
import type { QrOp } from './ops.ts';

/** One dot a cell; true dots are black. */
export interface Bitmap {
  width: number;
  height: number;
  /** One byte a dot, row by row: 1 black. */
  dots: Uint8Array;
}

/**
 * The modules of a QR code as the printer's firmware would build them: byte data, smallest version, the level asked.
 * Null when the data fits no version.
 */
export function drawQr(op: QrOp): Bitmap | null {
  const symbol = encode(
    'qrcode',
    Buffer.from(op.bytes).toString('latin1'),
    `binarytext fixedeclevel eclevel=${op.level}`,
  );
  if (!symbol || !('pixs' in symbol)) return null;
  const modules = { width: symbol.pixx, height: symbol.pixy, dots: Uint8Array.from(symbol.pixs) };
  return enlarge(modules, op.size, op.size);
}

/** Bars of a Code 128 symbol from its values; checksum and stop are added. Null when a value is impossible. */
export function drawCode128(values: readonly number[], moduleWidth: number, height: number): Bitmap | null {
  const text = values.map((value) => `^${String(value).padStart(3, '0')}`).join('');
  const symbol = encode('code128', text, 'raw');
  if (!symbol || !('sbs' in symbol)) return null;
  const modules = symbol.sbs.flatMap((width, index) => Array<number>(width).fill(index % 2 === 0 ? 1 : 0));
  return enlarge({ width: modules.length, height: 1, dots: Uint8Array.from(modules) }, moduleWidth, height);
}

/** Each dot `scaleX` × `scaleY` times. */
export function enlarge(bitmap: Bitmap, scaleX: number, scaleY: number): Bitmap {
  const width = bitmap.width * scaleX;
  const height = bitmap.height * scaleY;
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = Math.floor(y / scaleY) * bitmap.width;
    for (let x = 0; x < width; x++) dots[y * width + x] = bitmap.dots[from + Math.floor(x / scaleX)] ?? 0;
  }
  return { width, height, dots };
}

/** Unpacks rows of one bit a dot. */
export function unpack(width: number, height: number, rows: Uint8Array): Bitmap {
  const stride = Math.ceil(width / 8);
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      dots[y * width + x] = ((rows[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
    }
  }
  return { width, height, dots };
}

function encode(symbology: string, text: string, options: string) {
  try {
    return bwipjs.raw(symbology, text, options)[0];
  } catch {
    return undefined; // bwip-js refuses by throwing; its message may quote the data
  }
}
