import type { PathCommand } from 'fontkit';
import type { PlacedPage } from '../../domain/papers/layout/placed.ts';
import { drawPage, type PageCanvas } from './draw.ts';
import type { Glyph, GlyphStore } from './glyphs.ts';

const LETTERS = { moveTo: 'M', lineTo: 'L', quadraticCurveTo: 'Q', bezierCurveTo: 'C', closePath: 'Z' } as const;

/**
 * One page as SVG: paths only, no text and no font, so that it looks the same everywhere. A character is outlined once
 * and used at every place.
 */
export function pageToSvg(page: PlacedPage, glyphs: GlyphStore): string {
  const canvas = new SvgCanvas();
  drawPage(page.items, glyphs, canvas);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${page.width} ${page.height}" width="${page.width / 10}mm" height="${page.height / 10}mm">`,
    `<path fill="#fff" d="M0 0H${page.width}V${page.height}H0z"/>`,
    `<defs>${canvas.outlines.join('')}</defs>`,
    ...canvas.marks,
    '</svg>',
  ].join('');
}

class SvgCanvas implements PageCanvas {
  readonly outlines: string[] = [];
  readonly marks: string[] = [];
  readonly #ids = new Map<string, string>();

  glyph(glyph: Glyph, x: number, y: number, scale: number): void {
    let id = this.#ids.get(glyph.key);
    if (id === undefined) {
      id = `g${this.#ids.size}`;
      this.#ids.set(glyph.key, id);
      this.outlines.push(`<path id="${id}" d="${glyph.commands.map(pathPart).join('')}"/>`);
    }
    this.marks.push(
      `<use href="#${id}" transform="matrix(${round(scale, 5)} 0 0 ${round(scale, 5)} ${round(x)} ${round(y)})"/>`,
    );
  }

  line(x1: number, y1: number, x2: number, y2: number, width: number, dashed: boolean): void {
    const dash = dashed ? ' stroke-dasharray="16 12"' : '';
    this.marks.push(
      `<path stroke="#000" stroke-width="${width}"${dash} d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}"/>`,
    );
  }

  polygons(polygons: readonly (readonly [number, number][])[]): void {
    const d = polygons
      .map((points) => `M${points.map(([x, y]) => `${round(x, 3)} ${round(y, 3)}`).join('L')}Z`)
      .join('');
    this.marks.push(`<path shape-rendering="crispEdges" fill-rule="evenodd" d="${d}"/>`);
  }
}

function pathPart({ command, args }: PathCommand): string {
  return LETTERS[command] + args.join(' ');
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
