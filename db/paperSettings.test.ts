import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASSUMED_FORMS } from '../domain/form/forms.ts';
import type { PrintForm } from '../domain/form/types.ts';
import { openTestStore } from '../tests/fixtures/store.ts';

let fixture: ReturnType<typeof openTestStore>;
beforeAll(() => {
  fixture = openTestStore();
});
afterAll(() => fixture.dispose());

const place = { printer: 'escp COM5', form: 'proof.assumed', path: 'front' };
const made = (dx: number, how: 'measured' | 'adjusted' | 'restored' = 'measured') => ({
  ...{ id: v7(), dx, dy: -7, scaleX: 1.01, scaleY: 0.99, how },
  ...{ at: '2026-11-23T01:00:00.000Z', by: '9001' },
});

describe('a calibration', () => {
  test('is for one printer, form and paper path, and outlives the program', () => {
    const first = fixture.store.calibrations.add(place, made(13.25), null);
    const { calibrations } = fixture.reopen();
    expect(calibrations.inForce(place)).toEqual(first);
    for (const other of [{ printer: 'escp COM6' }, { form: 'certificate-single.assumed' }, { path: 'rear' }]) {
      expect(calibrations.inForce({ ...place, ...other })).toBeNull();
    }
  });

  test('is followed by another, and stays to be read and to be gone back to', () => {
    const { calibrations } = fixture.store;
    const first = calibrations.inForce(place);
    if (!first) throw new Error('none in force');
    const second = calibrations.add(place, made(14, 'adjusted'), first.id);
    expect(calibrations.inForce(place)).toEqual({ ...second, replaced: first.id });
    const third = calibrations.add(place, { ...made(first.dx, 'restored') }, second.id);
    expect(calibrations.history(place)).toEqual([third, second, first]);
  });

  test('made from one that is no longer in force is refused, and changes nothing', () => {
    const { calibrations } = fixture.store;
    const before = calibrations.history(place);
    for (const base of [null, before[1]?.id ?? null]) {
      expect(() => calibrations.add(place, made(99), base)).toThrow('校准已被他人更改');
    }
    expect(calibrations.history(place)).toEqual(before);
  });
});

describe('a form', () => {
  const [certificate, proof] = ASSUMED_FORMS as readonly [PrintForm, PrintForm];
  const who = { at: '2026-11-23T02:00:00.000Z', by: '9001' };

  test('is kept as a version of its own beside those before', () => {
    const measured: PrintForm = { ...proof, measures: 'measured' };
    fixture.store.printForms.save(proof, 0, who);
    fixture.store.printForms.save(certificate, 0, who);
    fixture.store.printForms.save(measured, 1, who);
    const { printForms } = fixture.reopen();
    expect(printForms.versions(proof.id)).toEqual([
      { form: measured, version: 2, ...who },
      { form: proof, version: 1, ...who },
    ]);
    expect(printForms.newest().map(({ form, version }) => [form.id, version])).toEqual([
      [proof.id, 2],
      [certificate.id, 1],
    ]);
  });

  test('made from a version that is no longer the newest is refused', () => {
    const { printForms } = fixture.store;
    for (const base of [0, 1, 3]) expect(() => printForms.save(proof, base, who)).toThrow('版式已被他人另存');
    expect(printForms.versions(proof.id)).toHaveLength(2);
  });
});
