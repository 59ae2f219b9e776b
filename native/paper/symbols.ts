import { code128, type DrawingContext, qrcode, type RenderOptions } from 'bwip-js/node';

/** Dark areas of a symbol in its own units; an area inside another one is a hole (even-odd). */
export interface SymbolShape {
  width: number;
  height: number;
  polygons: [x: number, y: number][][];
}

/** Collects what bwip-js draws; text under the bars is ours. */
function collectPolygons(): DrawingContext<SymbolShape> {
  const polygons: SymbolShape['polygons'] = [];
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
      const right = left + lineWidth;
      const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
      polygons.push([
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ]);
    },
    polygon(points) {
      polygons.push(points);
    },
    hexagon() {},
    ellipse() {},
    fill() {},
    text() {},
    end: () => ({ ...size, polygons }),
  };
}

/** The library draws a QR module this wide. */
export const QR_UNITS = 2;

/** QR with error correction M; the page leaves the quiet zone. */
export function qrShape(data: string): SymbolShape {
  // `eclevel` is an option of this symbology and missing in the library's general type.
  const options: RenderOptions & { eclevel: string } = { bcid: 'qrcode', text: data, eclevel: 'M', scale: 1 };
  return qrcode<SymbolShape>(options, collectPolygons());
}

/** Units a module: at an odd stroke width the middle of a bar would be rounded. */
const UNITS = 2;
const QUIET_ZONE = 10 * UNITS;

/** Code 128 with quiet zones of ten modules at both sides. */
export function code128Shape(data: string): SymbolShape {
  const options = { bcid: 'code128', text: data, scale: UNITS, height: 10 };
  const { width, height, polygons } = code128<SymbolShape>(options, collectPolygons());
  return {
    width: width + 2 * QUIET_ZONE,
    height,
    polygons: polygons.map((polygon) => polygon.map(([x, y]): [number, number] => [x + QUIET_ZONE, y])),
  };
}
