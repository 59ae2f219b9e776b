import { Resvg } from '@resvg/resvg-js';

/** Dots of a print head: 1 is ink; rows from the top, one byte a dot. */
export interface Bitmap {
  width: number;
  height: number;
  dots: Uint8Array;
}

export interface RasterOptions {
  /** Dots an inch. */
  dpiX: number;
  dpiY: number;
  /** Correction of the printer, in 0.1 mm; see domain/form/calibration.ts. */
  correction?: { dx: number; dy: number; scaleX: number; scaleY: number } | undefined;
  /** Share of ink from which on a dot is set. */
  inkFrom?: number | undefined;
}

/** 0.1 mm an inch. */
const INCH = 254;
/**
 * A dot is set from this share of ink on. Less than half: the hair strokes of 宋体 are thinner than a needle and would
 * be lost between two dots.
 */
const INK_FROM = 0.4;
const ROOT = /^<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>/;

/**
 * A page of `pageToSvg` as dots of the same size; across and down may differ.
 * @throws RangeError when it is no such page
 */
export function rasteriseSvg(svg: string, { dpiX, dpiY, correction, inkFrom = INK_FROM }: RasterOptions): Bitmap {
  const root = ROOT.exec(svg);
  if (!root) throw new RangeError('not a page of ours');
  const [opening, across = '0', down = '0'] = root;
  const width = Math.round((Number(across) * dpiX) / INCH);
  const height = Math.round((Number(down) * dpiY) / INCH);
  // One unit is one dot, so that what is drawn is not moved by the rounding of the size.
  const scale = `scale(${dpiX / INCH} ${dpiY / INCH})`;
  const { dx, dy, scaleX, scaleY } = correction ?? { dx: 0, dy: 0, scaleX: 1, scaleY: 1 };
  const inner = svg.slice(opening.length, svg.lastIndexOf('</svg>'));
  const page =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<g transform="${scale} matrix(${scaleX} 0 0 ${scaleY} ${dx} ${dy})">${inner}</g></svg>`;
  const image = new Resvg(page, { background: '#fff', font: { loadSystemFonts: false } }).render();
  return { width: image.width, height: image.height, dots: toDots(image.pixels, inkFrom) };
}

/** A page as PNG, with the resolution of a screen or of a file. */
export function svgToPng(svg: string, dpi: number): Buffer {
  const root = ROOT.exec(svg);
  if (!root) throw new RangeError('not a page of ours');
  const width = Math.round((Number(root[1]) * dpi) / INCH);
  return new Resvg(svg, { fitTo: { mode: 'width', value: width }, font: { loadSystemFonts: false } }).render().asPng();
}

function toDots(pixels: Uint8Array, inkFrom: number): Uint8Array {
  const dots = new Uint8Array(pixels.length / 4);
  const darkest = 255 * (1 - inkFrom);
  for (let index = 0; index < dots.length; index += 1) {
    if ((pixels[index * 4] ?? 255) <= darkest) dots[index] = 1;
  }
  return dots;
}
