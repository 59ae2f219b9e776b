import { beforeAll, describe, expect, test } from 'vitest';
import { certificatePrinterConfig, type EscpConfig } from '../../contract/config/devices.ts';
import { type Calibration, calibrate, UNCALIBRATED } from '../../domain/form/calibration.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import { ASSUMED_FORMS } from '../../domain/form/forms.ts';
import { gridCrosses } from '../../domain/form/testPages.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { EscpMachine } from '../../native/simulator/escp/machine.ts';
import { INCH, type Page } from '../../native/simulator/escp/sheet.ts';
import { CERTIFICATE, PROOF } from '../../tests/fixtures/certificates.ts';
import { type Box, inkBox, inkCentre, type Picture, poppler } from '../../tests/fixtures/pixels.ts';
import { renderCalibrationTest, renderCertificate, renderCertificateFile } from './render.ts';

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

describe('a page for setting the printer', () => {
  test.each([
    ['escp2', UNCALIBRATED],
    ['lq1600k', UNCALIBRATED],
    ['lq1600k', { id: 'c', dx: 9, dy: -6, scaleX: 0.99, scaleY: 1.01 }],
  ] as const)('has every cross where the correction of %s puts it', async (dialect, calibration) => {
    const job = { form: CERTIFICATE_FORM, calibration, printer: printer({ dialect }) };
    const { bytes } = await renderCalibrationTest({ ...job, test: 'grid' });
    const page = print(bytes, CERTIFICATE_FORM, dialect);
    const crosses = gridCrosses(CERTIFICATE_FORM);
    expect(crosses).toHaveLength(96);
    for (const cross of crosses) {
      const told = calibrate(calibration, cross);
      // The arms are 3 mm; the name of the two that are measured stands further up.
      const dots = (tenths: number): number => (tenths * 360) / 254;
      const found = inkCentre(page, {
        left: dots(told.x - 40),
        top: dots(told.y - 34),
        right: dots(told.x + 40),
        bottom: dots(told.y + 40),
      });
      if (!found) throw new Error('no cross');
      expect(Math.abs(mm(found.x, 360) * 10 - told.x)).toBeLessThan(1);
      expect(Math.abs(mm(found.y, 360) * 10 - told.y)).toBeLessThan(1);
    }
  });

  test('has a box around every field', async () => {
    const job = { form: CERTIFICATE_FORM, calibration: UNCALIBRATED, printer: printer() };
    const { bytes } = await renderCalibrationTest({ ...job, test: 'boxes' });
    const page = print(bytes, CERTIFICATE_FORM, 'lq1600k');
    for (const { label, x, y, width, height } of CERTIFICATE_FORM.fields) {
      const box = inkBox(page, areaOf(CERTIFICATE_FORM, label, 360, { dx: 0, dy: 0 }));
      const found = box && [box.left, box.top, box.right, box.bottom].map((side) => mm(side, 360) * 10);
      for (const [index, wanted] of [x, y, x + width, y + height].entries()) {
        // A line is 0.2 mm wide, and drawn in whole dots.
        expect(Math.abs((found?.[index] ?? 0) - wanted), label).toBeLessThan(2.5);
      }
    }
  });
});

describe('the type of the printer', () => {
  const content: FormContent = {
    ...CERTIFICATE,
    rows: CERTIFICATE.rows.map((row) => (row.key === 'holder' ? { ...row, value: '张镕、李𠮷' } : row)),
  };

  test.each([
    ['escp2', true, 0.1],
    ['lq1600k', true, 0.14],
    ['lq1600k', false, 0.42],
  ] as const)('is told the place of every text: %s, fine steps %s, to %s mm', async (dialect, fineSteps, tolerance) => {
    const job = { form: CERTIFICATE_FORM, calibration: UNCALIBRATED };
    const rom = printer({ dialect, fineSteps, textMode: 'rom' });
    const { bytes } = await renderCertificate(content, { ...job, printer: rom });
    const page = print(bytes, CERTIFICATE_FORM, dialect);
    const texts = page.ops.filter((op) => op.kind === 'text');
    expect(texts.map(({ text }) => text)).toContain('吉');
    for (const { key, label, x, y, width, height } of CERTIFICATE_FORM.fields) {
      if (key === 'qr') continue;
      const own = texts.filter((op) => {
        const [left, top] = [(op.x * 254) / INCH, (op.y * 254) / INCH];
        return left > x - 5 && left < x + width && top > y - 5 && top < y + height;
      });
      expect(own.length, label).toBeGreaterThan(0);
      const left = Math.min(...own.map((op) => (op.x * 254) / INCH));
      // Values of the table begin at the left of their box.
      if (key.startsWith('row.')) expect(Math.abs(left - x) / 10, label).toBeLessThan(tolerance);
    }
  });

  test('has its own rare characters drawn: two were defined, and the preview shows them', async () => {
    const job = { form: CERTIFICATE_FORM, calibration: UNCALIBRATED, printer: printer({ textMode: 'rom' }) };
    const { bytes, svg } = await renderCertificate(content, job);
    // 镕, 𠮷 and ㎡.
    expect(Buffer.from(bytes).toString('latin1').split('\u001c2')).toHaveLength(4);
    expect(svg).toContain('<use');
    expect(bytes.length).toBeLessThan(6000);
  });
});

describe('before paper moves', () => {
  const job = { form: CERTIFICATE_FORM, calibration: UNCALIBRATED, printer: printer() };
  const withHolder = (value: string): FormContent => ({
    ...CERTIFICATE,
    rows: CERTIFICATE.rows.map((row) => (row.key === 'holder' ? { ...row, value } : row)),
  });

  test('a character that no font has is refused by name', async () => {
    await expect(renderCertificate(withHolder('张\u{323af}'), job)).rejects.toMatchObject({
      code: 'paper-character-missing',
      details: { characters: ['U+323AF'] },
    });
  });

  test('a name that fits in no step of type is refused by its field', async () => {
    await expect(renderCertificate(withHolder('测'.repeat(200)), job)).rejects.toMatchObject({
      code: 'paper-overflow',
      details: { place: '权利人' },
    });
  });

  test('a correction that would print beside the paper is refused, and so is a carriage that is too short', async () => {
    const calibration: Calibration = { id: 'c', dx: -190, dy: 0, scaleX: 1, scaleY: 1 };
    for (const change of [{ calibration }, { printer: printer({ printableWidth: 150 }) }]) {
      const outcome = await renderCertificate(CERTIFICATE, { ...job, ...change }).then(
        () => 'printed',
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({ code: 'paper-overflow' });
    }
  });

  test('a form with a fault is refused by its field', async () => {
    const [field, ...fields] = CERTIFICATE_FORM.fields;
    const form = { ...CERTIFICATE_FORM, fields: [{ ...field, x: 1300, y: 2300 }, ...fields] as PrintForm['fields'] };
    await expect(renderCertificate(CERTIFICATE, { ...job, form })).rejects.toMatchObject({
      code: 'form-invalid',
      details: { problems: [{ field: '省简称', problem: 'in-kept-area' }] },
    });
  });

  test('the same certificate gives the same bytes, and a trial on plain paper has the form as well', async () => {
    const [first, second] = await Promise.all([
      renderCertificate(CERTIFICATE, job),
      renderCertificate(CERTIFICATE, job),
    ]);
    expect(second.sha256).toBe(first.sha256);
    const trial = await renderCertificate(CERTIFICATE, { ...job, plainPaper: true });
    expect(trial.bytes.length).toBeGreaterThan(first.bytes.length);
    const page = print(trial.bytes, CERTIFICATE_FORM, 'lq1600k');
    expect(inkBox(page)?.left).toBeLessThan(inkBox(print(first.bytes, CERTIFICATE_FORM, 'lq1600k'))?.left ?? 0);
  });
});
