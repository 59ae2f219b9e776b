import { payloadText } from './charset.ts';
import { readCode128 } from './code128.ts';
import type { Command, Context } from './context.ts';
import type { QrLevel } from './ops.ts';
import type { Reading } from './reader.ts';

const SYMBOLOGIES = ['upc-a', 'upc-e', 'ean13', 'ean8', 'code39', 'itf', 'codabar', 'code93', 'code128'] as const;
const QR_LEVELS: readonly QrLevel[] = ['L', 'M', 'Q', 'H'];

/** GS k, function B (length first) and the older function A (NUL last). */
export const barcode: Command = function* (context) {
  const m = yield* context.reader.byte();
  const symbology = SYMBOLOGIES[m >= 65 ? m - 65 : m];
  if (!symbology || (m < 65 && m > 6)) {
    context.emitUnknown();
    return;
  }
  const data = m >= 65 ? yield* context.reader.block(yield* context.reader.byte()) : yield* readUntilNul(context);
  if (!data || !context.atLineStart('GS k')) return;
  const { barHeight, barWidth, hri, align } = context.modes;
  const code128 = symbology === 'code128' ? readCode128(data) : null;
  if (symbology === 'code128' && !code128) {
    context.emit({ kind: 'ignored', command: 'GS k', reason: 'not Code 128 data' });
    return;
  }
  context.emit({
    kind: 'barcode',
    symbology,
    data: code128?.text ?? String.fromCharCode(...data),
    values: code128?.values ?? [],
    height: barHeight,
    moduleWidth: barWidth,
    hri,
    align,
  });
};

function* readUntilNul(context: Context): Reading<Uint8Array> {
  const bytes: number[] = [];
  for (;;) {
    const byte = yield* context.reader.byte();
    if (byte === 0) return Uint8Array.from(bytes);
    if (bytes.length < 255) bytes.push(byte);
  }
}

/** GS v 0: a raster in one command. */
export const raster: Command = function* (context) {
  const version = yield* context.reader.byte();
  if (version !== 0x30) {
    context.emitUnknown();
    return;
  }
  const m = yield* context.reader.byte();
  const columns = yield* context.reader.u16();
  const height = yield* context.reader.u16();
  const rows = yield* context.reader.block(columns * height);
  const scale = m >= 0x30 ? m - 0x30 : m;
  if (!rows || scale > 3 || rows.length === 0) context.emitUnknown();
  else if (context.atLineStart('GS v 0')) {
    const { align } = context.modes;
    const scaleX = scale & 1 ? 2 : 1;
    const scaleY = scale & 2 ? 2 : 1;
    context.emit({ kind: 'raster', width: columns * 8, height, scaleX, scaleY, rows, align });
  }
};

/** GS ( x: a two-byte length, then the body. */
export const parenthesised: Command = function* (context) {
  const family = yield* context.reader.byte();
  const body = yield* context.reader.block(yield* context.reader.u16());
  const done =
    body !== null &&
    ((family === 0x6b && qrFunction(context, body)) ||
      (family === 0x48 && processIdFunction(context, body)) ||
      (family === 0x4c && graphicsFunction(context, body)));
  if (!done) context.emitUnknown();
};

/** GS 8 L: as GS ( L with a four-byte length. */
export const graphicsLong: Command = function* (context) {
  const family = yield* context.reader.byte();
  const body = yield* context.reader.block(yield* context.reader.u32());
  if (family !== 0x4c || !body || !graphicsFunction(context, body)) context.emitUnknown();
};

/** GS ( k with cn 49 (devices.md §2.3). */
function qrFunction(context: Context, body: Uint8Array): boolean {
  const [cn, fn, n = -1] = body;
  if (cn !== 0x31) return false;
  const { modes } = context;
  switch (fn) {
    case 0x41:
      return body.length === 4 && (n === 0x31 || n === 0x32); // models 1 and 2 look alike to a reader
    case 0x43:
      if (body.length !== 3 || n < 1 || n > 16) return false;
      modes.qrSize = n;
      return true;
    case 0x45: {
      const level = QR_LEVELS[n - 0x30];
      if (body.length !== 3 || !level) return false;
      modes.qrLevel = level;
      return true;
    }
    case 0x50:
      if (n !== 0x30 || body.length < 4) return false;
      modes.qrData = body.slice(3);
      return true;
    case 0x51:
      return body.length === 3 && n === 0x30 && printQr(context);
    default:
      return false;
  }
}

function printQr(context: Context): boolean {
  const { qrData: bytes, qrSize: size, qrLevel: level, align } = context.modes;
  if (!bytes) context.emit({ kind: 'ignored', command: 'GS ( k', reason: 'no QR data stored' });
  else if (context.atLineStart('GS ( k')) {
    context.emit({ kind: 'qr', data: payloadText(bytes), bytes, size, level, align });
  }
  return true;
}

/** GS ( H fn 48 (devices.md §2.5): four bytes of 20–7E. */
function processIdFunction(context: Context, body: Uint8Array): boolean {
  const id = body.slice(2);
  if (body[0] !== 0x30 || body[1] !== 0x30 || id.length !== 4) return false;
  if (id.some((byte) => byte < 0x20 || byte > 0x7e)) return false;
  context.emit({ kind: 'processId', id: String.fromCharCode(...id) });
  return true;
}

/** GS ( L fn 112 stores a one-colour raster, fn 50 prints it: what receiptline sends (devices.md §2.8). */
function graphicsFunction(context: Context, body: Uint8Array): boolean {
  const [m, fn, tone, scaleX = 0, scaleY = 0, , xL = 0, xH = 0, yL = 0, yH = 0] = body;
  if (m !== 0x30) return false;
  const { modes } = context;
  if (fn === 0x32 || fn === 0x02) {
    const { graphics, align } = modes;
    modes.graphics = null;
    if (!graphics) context.emit({ kind: 'ignored', command: 'GS ( L', reason: 'no graphics stored' });
    else if (context.atLineStart('GS ( L')) context.emit({ kind: 'raster', ...graphics, align });
    return true;
  }
  const width = xL | (xH << 8);
  const height = yL | (yH << 8);
  const rows = body.slice(10);
  const isScale = (scale: number) => scale === 1 || scale === 2;
  if (fn !== 0x70 || tone !== 0x30 || !isScale(scaleX) || !isScale(scaleY)) return false;
  if (rows.length === 0 || rows.length !== Math.ceil(width / 8) * height) return false;
  modes.graphics = { width, height, scaleX, scaleY, rows };
  return true;
}
