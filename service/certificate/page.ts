import { createHash } from 'node:crypto';
import type { CertificatePrinterConfig } from '../../contract/config/devices.ts';
import { YichuangError } from '../../contract/errors.ts';
import { type Calibration, calibrate } from '../../domain/form/calibration.ts';
import { findFormProblems } from '../../domain/form/check.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import { layOutForm, layOutPreprinted } from '../../domain/form/layout.ts';
import { layOutBoxes, layOutGrid } from '../../domain/form/testPages.ts';
import type { FormArea, PrintForm } from '../../domain/form/types.ts';
import type { PaperFont, PlacedPage } from '../../domain/papers/layout/placed.ts';
import { PaperOverflow } from '../../domain/papers/layout/placed.ts';
import { measureRom, ROM_POINTS } from '../../native/driver/escp/romText.ts';
import { GlyphStore } from '../../native/paper/glyphs.ts';
import { pagesToPdf } from '../../native/paper/pdf.ts';
import { svgToPng } from '../../native/paper/raster.ts';
import { pageToSvg } from '../../native/paper/svg.ts';
import { paperFailure } from '../papers/failures.ts';
import { asRomPreview, encodeFor, usesRom } from './encode.ts';

/** What is printed, and how it is asked for. Plain data: it crosses to a thread of its own. */
export interface CertificateJob {
  content: FormContent;
  form: PrintForm;
  calibration: Calibration;
  printer: CertificatePrinterConfig;
  /** A trial on plain paper: what the form has already is printed as well. */
  plainPaper?: boolean | undefined;
}

/** A grid of crosses on plain paper, or the boxes of the fields on a void form (devices.md §3.6). */
export interface CalibrationTest extends Pick<CertificateJob, 'form' | 'calibration' | 'printer'> {
  test: 'grid' | 'boxes';
}

export type RenderedTest = Pick<RenderedCertificate, 'svg' | 'bytes' | 'sha256'>;

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
export async function renderJob(job: CertificateJob): Promise<RenderedCertificate> {
  const { content, form, calibration, printer, plainPaper = false } = job;
  refuseUnprintable(form, calibration, printer);
  const [page, preprinted] = await layOut(content, form, usesRom(printer));
  const printed = plainPaper ? { ...page, items: [...preprinted.items, ...page.items] } : page;
  return {
    ...asJob(encodeFor(printed, printer, calibration, glyphs)),
    svg: pageToSvg(usesRom(printer) ? asRomPreview(page) : page, glyphs),
    formSvg: pageToSvg(preprinted, glyphs),
  };
}

/** A page for setting the printer: always dots, whatever the type of its text. @throws YichuangError `form-invalid` */
export async function renderTest({ form, calibration, printer, test }: CalibrationTest): Promise<RenderedTest> {
  refuseUnprintable({ ...form, fields: test === 'boxes' ? form.fields : [] }, calibration, printer);
  await glyphs.load(['0123456789, '], 'song');
  const page = test === 'grid' ? layOutGrid(form, glyphs.measure) : layOutBoxes(form);
  const drawn = usesRom(printer) ? { ...printer, textMode: 'raster' as const } : printer;
  return { ...asJob(encodeFor(page, drawn, calibration, glyphs)), svg: pageToSvg(page, glyphs) };
}

function asJob(bytes: Uint8Array): Pick<RenderedCertificate, 'bytes' | 'sha256'> {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The certificate as a file, without what the form has already. @throws as renderJob */
export async function renderFile(
  { content, form }: Pick<CertificateJob, 'content' | 'form'>,
  type: 'pdf' | 'png',
): Promise<Uint8Array> {
  const [page] = await layOut(content, form, false);
  return type === 'pdf' ? pagesToPdf([page], glyphs, form.name) : svgToPng(pageToSvg(page, glyphs), 200);
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

async function layOut(content: FormContent, form: PrintForm, rom: boolean): Promise<[PlacedPage, PlacedPage]> {
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
    const page = rom
      ? layOutForm(content, form, measureRom, { steps: [ROM_POINTS] })
      : layOutForm(content, form, glyphs.measure);
    return [page, layOutPreprinted(form, glyphs.measure)];
  } catch (error) {
    throw paperFailure(error);
  }
}
