import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Calibration, calibrate, type MeasuredCross, solveCalibration, UNCALIBRATED } from './calibration.ts';

/** A printer that puts what it is told at `scale · u + shift`. */
interface Printer {
  scaleX: number;
  scaleY: number;
  shiftX: number;
  shiftY: number;
}

const put = (printer: Printer, told: { x: number; y: number }) => ({
  x: told.x * printer.scaleX + printer.shiftX,
  y: told.y * printer.scaleY + printer.shiftY,
});

function measure(printer: Printer, calibration: Calibration, x: number, y: number): MeasuredCross {
  return { expected: { x, y }, measured: put(printer, calibrate(calibration, { x, y })) };
}

const printers = fc.record({
  scaleX: fc.double({ min: 0.975, max: 1.025, noNaN: true }),
  scaleY: fc.double({ min: 0.975, max: 1.025, noNaN: true }),
  shiftX: fc.double({ min: -100, max: 100, noNaN: true }),
  shiftY: fc.double({ min: -100, max: 100, noNaN: true }),
});

describe('two measured crosses', () => {
  test('undo what the printer does, everywhere on the page, at once and again from a calibration in use', () => {
    fc.assert(
      fc.property(printers, printers, (printer, before) => {
        const old: Calibration = {
          id: 'old',
          dx: before.shiftX / 20,
          dy: before.shiftY / 20,
          scaleX: before.scaleX,
          scaleY: before.scaleY,
        };
        for (const used of [UNCALIBRATED, old]) {
          const crosses = [measure(printer, used, 200, 200), measure(printer, used, 1600, 2400)] as const;
          const { calibration } = solveCalibration(crosses, used);
          const found = put(printer, calibrate({ id: 'new', ...calibration }, { x: 930, y: 1710 }));
          expect(found.x).toBeCloseTo(930, 6);
          expect(found.y).toBeCloseTo(1710, 6);
        }
      }),
    );
  });

  test('by hand: 1.5 mm too far right, one in a hundred too long', () => {
    const { calibration, rotation } = solveCalibration([
      { expected: { x: 200, y: 200 }, measured: { x: 217, y: 200 } },
      { expected: { x: 1600, y: 2400 }, measured: { x: 1631, y: 2400 } },
    ]);
    expect(calibration.scaleX).toBeCloseTo(1 / 1.01, 9);
    expect(calibration.dx).toBeCloseTo(-15 / 1.01, 9);
    expect(calibration).toMatchObject({ scaleY: 1, dy: 0 });
    expect(rotation).toBeNull();
  });

  test('a third one tells the turn of the paper, and nothing else', () => {
    const first: MeasuredCross = { expected: { x: 200, y: 200 }, measured: { x: 200, y: 200 } };
    const last: MeasuredCross = { expected: { x: 1600, y: 2400 }, measured: { x: 1600, y: 2400 } };
    const third: MeasuredCross = { expected: { x: 1600, y: 200 }, measured: { x: 1600, y: 212.2 } };
    const { rotation, calibration } = solveCalibration([first, last], UNCALIBRATED, third);
    expect(rotation).toBeCloseTo(0.5, 2);
    expect(calibration).toEqual({ dx: 0, dy: 0, scaleX: 1, scaleY: 1 });
  });

  test.each([
    ['too near', [200, 200, 200, 200], [300, 300, 300, 300]],
    ['a wrong form', [200, 200, 200, 200], [1600, 1600, 1700, 1600]],
    ['paper laid in askew', [200, 200, 500, 200], [1600, 1600, 1900, 1600]],
    ['nothing measured', [200, 200, Number.NaN, 200], [1600, 1600, 1600, 1600]],
  ])('refuses %s', (_, a, b) => {
    const cross = ([x = 0, y = 0, mx = 0, my = 0]: number[]): MeasuredCross => ({
      expected: { x, y },
      measured: { x: mx, y: my },
    });
    expect(() => solveCalibration([cross(a), cross(b)])).toThrow(RangeError);
  });
});
