import type { CertificatePrinterConfig, EscpConfig } from '../../contract/config/devices.ts';
import { type Calibration, calibrate } from '../../domain/form/calibration.ts';
import type { PlacedItem, PlacedPage } from '../../domain/papers/layout/placed.ts';
import { encodePage, type RomText } from '../../native/driver/escp/passes.ts';
import { isHalfWidth, ROM_CELL, ROM_POINTS } from '../../native/driver/escp/romText.ts';
import { encodePr2 } from '../../native/driver/pr2/protocol.ts';
import type { GlyphStore } from '../../native/paper/glyphs.ts';
import { type Bitmap, rasteriseSvg } from '../../native/paper/raster.ts';
import { pageToSvg } from '../../native/paper/svg.ts';

/** The em box stands this far above the baseline, of one. */
const ASCENT = 0.88;

/** Whether the printer sets the text in its own type. */
export function usesRom(printer: CertificatePrinterConfig): printer is EscpConfig & { textMode: 'rom' } {
  return printer.driver === 'escp' && printer.textMode === 'rom';
}

/** A laid-out page as the bytes of one job, corrected for the printer. */
export function encodeFor(
  page: PlacedPage,
  printer: CertificatePrinterConfig,
  correction: Calibration,
  glyphs: GlyphStore,
): Uint8Array {
  const dpiX = printer.driver === 'escp' && printer.resolution === '360' ? 360 : 180;
  const raster = (items: PlacedItem[]): Bitmap =>
    rasteriseSvg(pageToSvg({ ...page, items }, glyphs), { dpiX, dpiY: 180, correction });
  if (printer.driver === 'pr2') return encodePr2(raster(page.items));
  if (!usesRom(printer)) return encodePage({ dots: raster(page.items), dpiX }, page.height, printer);
  const drawn = page.items.filter((item) => item.kind !== 'text');
  const texts = page.items.flatMap((item) => (item.kind === 'text' ? [romText(item, correction)] : []));
  const dots = drawn.length > 0 ? raster(drawn) : undefined;
  return encodePage({ dots, dpiX, texts, draw: (character) => drawCell(character, glyphs) }, page.height, printer);
}

/** The printer is told the top left corner of the first cell; its cell is the em box of our layout. */
function romText(item: Extract<PlacedItem, { kind: 'text' }>, correction: Calibration): RomText {
  return { ...calibrate(correction, { x: item.x, y: item.y - ROM_CELL * ASCENT }), text: item.text };
}

function drawCell(character: string, glyphs: GlyphStore): Bitmap {
  const item: PlacedItem = {
    kind: 'text',
    x: 0,
    y: ROM_CELL * ASCENT,
    text: character,
    font: 'song',
    size: ROM_POINTS,
    spread: 0,
  };
  const svg = pageToSvg({ width: ROM_CELL, height: ROM_CELL, items: [item] }, glyphs);
  return rasteriseSvg(svg, { dpiX: 180, dpiY: 180 });
}

/** For the preview: our outlines where the printer will put its own characters. */
export function asRomPreview(page: PlacedPage): PlacedPage {
  const items = page.items.flatMap((item): PlacedItem[] => {
    if (item.kind !== 'text') return [item];
    let { x } = item;
    return [...item.text].map((character) => {
      const placed = { ...item, x, text: character };
      x += isHalfWidth(character) ? ROM_CELL / 2 : ROM_CELL;
      return placed;
    });
  });
  return { ...page, items };
}
