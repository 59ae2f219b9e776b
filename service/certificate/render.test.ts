import { beforeAll, describe, expect, test } from 'vitest';
import { certificatePrinterConfig, type EscpConfig } from '../../contract/config/devices.ts';
import { type Calibration, calibrate, UNCALIBRATED } from '../../domain/form/calibration.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import { ASSUMED_FORMS } from '../../domain/form/forms.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { EscpMachine } from '../../native/simulator/escp/machine.ts';
import type { Page } from '../../native/simulator/escp/sheet.ts';
import { CERTIFICATE, PROOF } from '../../tests/fixtures/certificates.ts';
import { type Box, inkBox, inkCentre, type Picture, poppler } from '../../tests/fixtures/pixels.ts';
import { renderCertificate, renderCertificateFile } from './render.ts';

const [CERTIFICATE_FORM, PROOF_FORM] = ASSUMED_FORMS as [PrintForm, PrintForm];
const WITH_QR: FormContent = { ...CERTIFICATE, qr: 'https://example.invalid/c/220000000000000001' };
/** Of the page drawn by poppler; the printer's dots are an eighth as many. */
const FINE = 1440;

const printer = (options: Partial<EscpConfig> = {}): EscpConfig =>
  certificatePrinterConfig.parse({ driver: 'escp', port: 'COM5', ...options }) as EscpConfig;

function print(bytes: Uint8Array, form: PrintForm, dialect: EscpConfig['dialect']): Page {
  const machine = new EscpMachine({ dialect, paper: form });
  machine.receive(bytes);
  const [page] = machine.pages;
  if (!page || machine.pages.length > 1) throw new Error(`${machine.pages.length} sheets`);
  expect(page.ops.filter((op) => op.kind === 'finding')).toEqual([]);
  expect(page.ejected).toBe('FF');
  return page;
}

/** Around a field, with room for what stands out of the em box. */
function areaOf(form: PrintForm, label: string, dpi: number, { dx, dy }: { dx: number; dy: number }): Box {
  const field = form.fields.find((each) => each.label === label);
  if (!field) throw new Error(label);
  const dots = (tenths: number): number => (tenths * dpi) / 254;
  return {
    left: dots(field.x + dx - 8),
    top: dots(field.y + dy - 8),
    right: dots(field.x + dx + field.width + 8),
    bottom: dots(field.y + dy + field.height + 8),
  };
}

const mm = (dots: number, dpi: number): number => (dots / dpi) * 25.4;

describe.each([
  ['certificate', WITH_QR, CERTIFICATE_FORM],
  ['proof', PROOF, PROOF_FORM],
] as const)('a printed %s', (_, content, form) => {
  let drawn: Picture;

  beforeAll(async () => {
    drawn = await poppler(await renderCertificateFile(content, form, 'pdf'), FINE);
  }, 60_000);

  test.each([
    ['escp2', '180', true],
    ['escp2', '360', true],
    ['lq1600k', '180', true],
    ['lq1600k', '360', true],
    ['lq1600k', '180', false],
    ['lq1600k', '360', false],
  ] as const)(
    'has every field within 0.1 mm of the layout: %s, %s dpi, fine steps %s',
    async (dialect, resolution, fineSteps) => {
      const { bytes } = await renderCertificate(content, {
        form,
        calibration: UNCALIBRATED,
        printer: printer({ dialect, resolution, fineSteps }),
      });
      const page = print(bytes, form, dialect);
      const fields = form.fields.filter((field) => field.key !== 'qr' || content.qr !== undefined);
      expect(fields.length).toBeGreaterThan(10);
      for (const { label } of fields) {
        const expected = inkCentre(drawn, areaOf(form, label, FINE, { dx: 0, dy: 0 }));
        const found = inkCentre(page, areaOf(form, label, 360, { dx: 0, dy: 0 }));
        if (!expected || !found) throw new Error(`no ink in ${label}`);
        expect(Math.abs(mm(found.x, 360) - mm(expected.x, FINE)), `${label} across`).toBeLessThan(0.1);
        expect(Math.abs(mm(found.y, 360) - mm(expected.y, FINE)), `${label} down`).toBeLessThan(0.1);
        // A dot is 0.14 mm: no edge may be off by more than one and a half.
        const wanted = inkBox(drawn, areaOf(form, label, FINE, { dx: 0, dy: 0 }));
        const box = inkBox(page, areaOf(form, label, 360, { dx: 0, dy: 0 }));
        for (const side of ['left', 'top', 'right', 'bottom'] as const) {
          const off = mm(box?.[side] ?? 0, 360) - mm(wanted?.[side] ?? 0, FINE);
          expect(Math.abs(off), `${label} ${side}`).toBeLessThan(0.21);
        }
      }
    },
    60_000,
  );

  test('follows the correction of its printer', async () => {
    const calibration: Calibration = { id: 'c1', dx: 13, dy: -7, scaleX: 1.01, scaleY: 0.99 };
    const { bytes } = await renderCertificate(content, { form, calibration, printer: printer() });
    const page = print(bytes, form, 'lq1600k');
    for (const { label, x, y } of form.fields.filter((field) => field.key !== 'qr')) {
      const told = calibrate(calibration, { x, y });
      const expected = inkCentre(drawn, areaOf(form, label, FINE, { dx: 0, dy: 0 }));
      const found = inkCentre(page, areaOf(form, label, 360, { dx: told.x - x + 4, dy: told.y - y }));
      if (!expected || !found) throw new Error(`no ink in ${label}`);
      const wanted = calibrate(calibration, { x: mm(expected.x, FINE) * 10, y: mm(expected.y, FINE) * 10 });
      expect(Math.abs(mm(found.x, 360) * 10 - wanted.x), `${label} across`).toBeLessThan(1);
      expect(Math.abs(mm(found.y, 360) * 10 - wanted.y), `${label} down`).toBeLessThan(1);
    }
  }, 60_000);
});
