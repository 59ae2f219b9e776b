import { code128, type DrawingContext, qrcode, type RenderOptions } from 'bwip-js/browser';

/** A symbol as SVG path data in modules: no markup is parsed, so strict CSP and Trusted Types hold. */
export interface SymbolPath {
  width: number;
  height: number;
  path: string;
}

/** Collects what bwip-js draws; text under the bars is ours. */
function pathDrawing(): DrawingContext<SymbolPath> {
  const segments: string[] = [];
  let size = { width: 0, height: 0 };
  return {
    setopts(_options: RenderOptions) {},
    scale: (x, y) => [x, y],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init(width, height) {
      size = { width, height };
    },
    line(x0, y0, x1, y1, lineWidth) {
      // Bars are vertical strokes given by their middle.
      const left = Math.min(x0, x1) - lineWidth / 2;
      segments.push(`M${left} ${Math.min(y0, y1)}h${lineWidth}v${Math.abs(y1 - y0)}h${-lineWidth}z`);
    },
    polygon(points) {
      segments.push(`${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}z`);
    },
    hexagon() {},
    ellipse() {},
    fill() {},
    text() {},
    end: () => ({ ...size, path: segments.join('') }),
  };
}

/** QR with error correction M, as the slip printers draw it. */
export function qrPath(data: string): SymbolPath {
  // `eclevel` is an option of this symbology and missing in the library's general type.
  const options: RenderOptions & { eclevel: string } = { bcid: 'qrcode', text: data, eclevel: 'M', scale: 1 };
  return qrcode<SymbolPath>(options, pathDrawing());
}

/** Code 128, bars only, two units a module: at an odd stroke width the middle of a bar would be rounded. */
export function code128Path(data: string): SymbolPath {
  return code128<SymbolPath>({ bcid: 'code128', text: data, scale: 2, height: 10 }, pathDrawing());
}
