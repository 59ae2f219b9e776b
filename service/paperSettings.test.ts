import { afterAll, beforeAll, expect, test } from 'vitest';
import { UNCALIBRATED } from '../domain/form/calibration.ts';
import { moveField } from '../domain/form/edit.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK } from '../tests/fixtures/staff.ts';

/** Setting a printer to a form, up to the printer itself (tests/e2e/calibration.test.ts). */

const SUPERVISOR = { ...CLERK, roles: ['SUP' as const] };
const FORM = 'proof.assumed';
const { id: _none, ...PLAIN } = UNCALIBRATED;

type Terminal = ReturnType<typeof startTestService>;
let terminal: Terminal;
const signIn = ({ call }: Terminal) =>
  call('session.login', { number: '1001', password: 'Yichuang-1001' }, 'page-1', 'supervisor');
const ask: Terminal['call'] = (method, input) => terminal.call(method, input, 'page-1', 'supervisor');

beforeAll(async () => {
  const certificatePrinter = { driver: 'escp', port: 'tcp://127.0.0.1:9' };
  terminal = startTestService({ staff: [SUPERVISOR], config: { devices: { certificatePrinter } } });
  await signIn(terminal);
});
afterAll(() => terminal.dispose());

test('nothing is in force before the first measuring; then it is, by the number of who measured', async () => {
  const before = await ask('calibration.get', { form: FORM });
  expect(before).toEqual({ printer: 'escp tcp://127.0.0.1:9', path: 'front', calibration: null });
  const values = { dx: -15.5, dy: 3, scaleX: 0.99, scaleY: 1.002 };
  const place = { form: FORM, path: 'front' };
  const { calibration } = await ask('calibration.adjust', { ...place, base: null, how: 'measured', values });
  expect(calibration).toMatchObject({ ...values, by: '1001', replaced: null });
  await terminal.restart();
  await signIn(terminal);
  expect((await ask('calibration.get', { form: FORM })).calibration).toEqual(calibration);
  expect((await ask('calibration.get', { form: FORM, path: 'rear' })).calibration).toBeNull();
  expect((await ask('calibration.history', place)).rows).toEqual([calibration]);
  await expect(ask('calibration.adjust', { ...place, base: null, how: 'measured', values: PLAIN })).rejects.toThrow(
    '校准已被他人更改',
  );
});

test('two crosses are solved by hand: 1.5 mm too far right, one in a hundred too long', async () => {
  // The grid of a sheet of 185 × 260 mm: 20, 20 and 160, 240.
  const { values, rotation } = await ask('calibration.solve', {
    form: FORM,
    printedWith: PLAIN,
    first: { x: 217, y: 200 },
    last: { x: 1631, y: 2400 },
    corner: { x: 1631, y: 212.3 },
  });
  expect(values.scaleX).toBeCloseTo(1 / 1.01, 6);
  expect(values.dx).toBeCloseTo(-15 / 1.01, 6);
  expect(rotation).toBeCloseTo(0.5, 1);
});

test.each([
  ['scale', { x: 1800, y: 2400 }],
  ['shift', { x: 1000, y: 2400 }],
])('an absurd measure is refused with its reason: %s', async (reason, last) => {
  const first = reason === 'shift' ? { x: 600, y: 200 } : { x: 200, y: 200 };
  const measured = reason === 'shift' ? { ...last, x: 2000 } : last;
  const asked = ask('calibration.solve', { form: FORM, printedWith: PLAIN, first, last: measured });
  await expect(asked).rejects.toMatchObject({ code: 'calibration-refused', details: { reason } });
});

test('a corrected form is a new version beside the old one, and one that cannot be printed is not kept', async () => {
  const { form, version } = await ask('forms.get', { form: FORM });
  expect(version).toBe(0);
  const corrected = moveField({ ...form, measures: 'measured' }, 2, { x: 5, y: 0 });
  expect(await ask('forms.save', { form: corrected, base: 0 })).toEqual({ version: 1 });
  expect(await ask('forms.get', { form: FORM })).toMatchObject({ form: corrected, version: 1, newest: 1 });
  expect(await ask('forms.get', { form: FORM, version: 0 })).toMatchObject({ form, version: 0, newest: 1 });
  const { forms } = await ask('forms.list', {});
  expect(forms.find(({ id }) => id === FORM)).toMatchObject({ version: 1, measures: 'measured', by: '1001' });

  await expect(ask('forms.save', { form: corrected, base: 0 })).rejects.toMatchObject({
    code: 'form-changed',
  });
  const broken = moveField(corrected, 2, { x: 1500, y: 0 });
  await expect(ask('forms.save', { form: broken, base: 1 })).rejects.toMatchObject({ code: 'form-invalid' });
  const turned = { ...corrected, kind: 'certificate' as const };
  await expect(ask('forms.save', { form: turned, base: 1 })).rejects.toMatchObject({ code: 'form-invalid' });
  await expect(ask('forms.get', { form: FORM, version: 7 })).rejects.toMatchObject({
    code: 'form-not-found',
  });
});

test('a printer that is not there is said, and a machine without one has no calibration', async () => {
  const asked = ask('calibration.print', { form: FORM, test: 'grid', values: PLAIN });
  await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/^(device-|certificate-not-started)/) });
  const bare = startTestService({ staff: [SUPERVISOR] });
  await signIn(bare);
  expect(await bare.call('calibration.get', { form: FORM }, 'page-1', 'supervisor')).toMatchObject({
    printer: null,
    calibration: null,
  });
  const history = bare.call('calibration.history', { form: FORM, path: 'front' }, 'page-1', 'supervisor');
  await expect(history).rejects.toMatchObject({ code: 'device-not-configured' });
  await bare.dispose();
});

test('a form is seen with the content of no certificate', async () => {
  const { form } = await ask('forms.get', { form: FORM });
  const { svg, formSvg } = await ask('forms.preview', { form });
  expect(svg).toContain('<svg');
  expect(formSvg).not.toBe(svg);
});
