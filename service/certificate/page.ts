import { createHash } from 'node:crypto';
import type { CertificatePrinterConfig } from '../../contract/config/devices.ts';
import { YichuangError } from '../../contract/errors.ts';
import { type Calibration, calibrate } from '../../domain/form/calibration.ts';
import { findFormProblems } from '../../domain/form/check.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import { layOutForm, layOutPreprinted } from '../../domain/form/layout.ts';
import type { FormArea, PrintForm } from '../../domain/form/types.ts';
import type { PaperFont, PlacedPage } from '../../domain/papers/layout/placed.ts';
import { PaperOverflow } from '../../domain/papers/layout/placed.ts';
import { encodeRaster } from '../../native/driver/escp/page.ts';
import { GlyphStore } from '../../native/paper/glyphs.ts';
import { pagesToPdf } from '../../native/paper/pdf.ts';
import { rasteriseSvg, svgToPng } from '../../native/paper/raster.ts';
import { pageToSvg } from '../../native/paper/svg.ts';
import { paperFailure } from '../papers/failures.ts';

/** What is printed, and how it is asked for. Plain data: it crosses to a thread of its own. */
export interface CertificateJob {
  content: FormContent;
  form: PrintForm;
  calibration: Calibration;
  printer: CertificatePrinterConfig;
}

export interface RenderedCertificate {
  /** What is printed on the form, without the correction of the printer. */
  svg: string;
  /** What the form has already, of the same size: below the other in the preview. */
  formSvg: string;
  /** The whole job for `certificate.send`. */
  bytes: Uint8Array;
  /** Of the bytes, hex: what the journal keeps. */
  sha256: string;
}

/** Outlines are kept for the life of the thread. */
const glyphs = new GlyphStore();

/** @throws YichuangError `paper-character-missing`, `paper-overflow`, `form-invalid`; nothing has moved yet */
export async function renderJob({ content, form, calibration, printer }: CertificateJob): Promise<RenderedCertificate> {
  refuseUnprintable(form, calibration, printer);
  const [page, preprinted] = await layOut(content, form);
  const svg = pageToSvg(page, glyphs);
  const bytes = encode(svg, form, calibration, printer);
  return {
    svg,
    formSvg: pageToSvg(preprinted, glyphs),
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** The certificate as a file, without what the form has already. @throws as renderJob */
export async function renderFile(
  { content, form }: Pick<CertificateJob, 'content' | 'form'>,
  type: 'pdf' | 'png',
): Promise<Uint8Array> {
  const [page] = await layOut(content, form);
  return type === 'pdf' ? pagesToPdf([page], glyphs, form.name) : svgToPng(pageToSvg(page, glyphs), 200);
}

function encode(svg: string, form: PrintForm, correction: Calibration, printer: CertificatePrinterConfig): Uint8Array {
  if (printer.driver !== 'escp') throw new YichuangError('device-not-configured');
  const dpiX = printer.resolution === '360' ? 360 : 180;
  return encodeRaster(rasteriseSvg(svg, { dpiX, dpiY: 180, correction }), dpiX, form.height, printer);
}

/** Nothing may be cut off: by the edge of the paper, or by the end of the carriage. */
function refuseUnprintable(form: PrintForm, calibration: Calibration, printer: CertificatePrinterConfig): void {
  const problems = findFormProblems(form);
  if (problems.length > 0) throw new YichuangError('form-invalid', { details: { problems } });
  const beyond = form.fields.find((field) => isBeyond(field, form, calibration, printer.printableWidth * 10));
  if (beyond) throw paperFailure(new PaperOverflow(beyond.label));
}

function isBeyond(field: FormArea, form: PrintForm, calibration: Calibration, carriage: number): boolean {
  const start = calibrate(calibration, field);
  const end = calibrate(calibration, { x: field.x + field.width, y: field.y + field.height });
  return start.x < 0 || start.y < 0 || end.x > Math.min(form.width, carriage) || end.y > form.height;
}

async function layOut(content: FormContent, form: PrintForm): Promise<[PlacedPage, PlacedPage]> {
  try {
    // A layout in which nothing has a width tells which characters will be drawn, and in which font.
    const drafts = [layOutForm(content, form, () => 0), layOutPreprinted(form, () => 0)];
    for (const font of ['song', 'hei'] as const satisfies PaperFont[]) {
      const items = drafts.flatMap((page) => page.items);
      await glyphs.load(
        items.flatMap((item) => (item.kind === 'text' && item.font === font ? [item.text] : [])),
        font,
      );
    }
    return [layOutForm(content, form, glyphs.measure), layOutPreprinted(form, glyphs.measure)];
  } catch (error) {
    throw paperFailure(error);
  }
}
