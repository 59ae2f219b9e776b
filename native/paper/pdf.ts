import type { PathCommand } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { PlacedPage } from '../../domain/papers/layout/placed.ts';
import { drawPage, type PageCanvas } from './draw.ts';
import type { Glyph, GlyphStore } from './glyphs.ts';

/** Points per 0.1 mm. */
const POINTS = 72 / 254;

/**
 * Pages as one PDF of vector outlines. A character is stored once in the file and placed wherever it stands.
 * @param title shown by the viewer; no personal data
 */
export function pagesToPdf(pages: readonly PlacedPage[], glyphs: GlyphStore, title: string): Promise<Buffer> {
  const pdf = new PDFDocument({ autoFirstPage: false, font: '', info: { Title: title } });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const outlines = new Map<string, Outline>();
  for (const page of pages) {
    pdf.addPage({ size: [page.width * POINTS, page.height * POINTS], margin: 0 });
    pdf.scale(POINTS);
    drawPage(page.items, glyphs, new PdfCanvas(pdf, outlines));
  }
  pdf.end();
  return whole;
}

interface Outline {
  name: string;
  object: PDFKit.PDFKitReference;
}

class PdfCanvas implements PageCanvas {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #outlines: Map<string, Outline>;

  constructor(pdf: PDFKit.PDFDocument, outlines: Map<string, Outline>) {
    this.#pdf = pdf;
    this.#outlines = outlines;
  }

  glyph(glyph: Glyph, x: number, y: number, scale: number): void {
    let outline = this.#outlines.get(glyph.key);
    if (!outline) {
      outline = { name: `G${this.#outlines.size}`, object: makeOutline(this.#pdf, glyph) };
      this.#outlines.set(glyph.key, outline);
    }
    this.#pdf.page.xobjects[outline.name] = outline.object;
    this.#pdf.addContent(`q ${fixed(scale)} 0 0 ${fixed(scale)} ${fixed(x)} ${fixed(y)} cm /${outline.name} Do Q`);
  }

  line(x1: number, y1: number, x2: number, y2: number, width: number, dashed: boolean): void {
    const pdf = this.#pdf.lineWidth(width);
    if (dashed) pdf.dash(16, { space: 12 });
    else pdf.undash();
    pdf.moveTo(x1, y1).lineTo(x2, y2).stroke();
  }

  polygons(polygons: readonly (readonly [number, number][])[]): void {
    for (const points of polygons) {
      for (const [index, [x, y]] of points.entries()) {
        if (index === 0) this.#pdf.moveTo(x, y);
        else this.#pdf.lineTo(x, y);
      }
      this.#pdf.closePath();
    }
    this.#pdf.fill('even-odd');
  }
}

/** A form XObject with the filled outline. */
function makeOutline(pdf: PDFKit.PDFDocument, glyph: Glyph): PDFKit.PDFKitReference {
  const object = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [-1000, -2000, 3000, 1000] });
  object.end(Buffer.from(`${operators(glyph.commands)}f`, 'latin1'));
  return object;
}

/** PDF knows no quadratic curves: each becomes the cubic one of the same shape. */
function operators(commands: readonly PathCommand[]): string {
  let out = '';
  let [x, y] = [0, 0];
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    switch (command) {
      case 'moveTo':
        out += `${a} ${b} m\n`;
        break;
      case 'lineTo':
        out += `${a} ${b} l\n`;
        break;
      case 'quadraticCurveTo':
        out += `${fixed(x + ((a - x) * 2) / 3)} ${fixed(y + ((b - y) * 2) / 3)} ${fixed(c + ((a - c) * 2) / 3)} ${fixed(d + ((b - d) * 2) / 3)} ${c} ${d} c\n`;
        break;
      case 'bezierCurveTo':
        out += `${args.join(' ')} c\n`;
        break;
      case 'closePath':
        out += 'h\n';
    }
    if (args.length >= 2) [x, y] = [args.at(-2) ?? 0, args.at(-1) ?? 0];
  }
  return out;
}

function fixed(value: number): string {
  return String(Number(value.toFixed(4)));
}
