/**
 * Where a printer really puts what it is told to put at a place, per printer × form × paper path, and how that is undone
 * (devices.md §3.6). Lengths in 0.1 mm.
 */
export interface Calibration {
  /** Recorded with every job; `none` before the first measuring. */
  id: string;
  dx: number;
  dy: number;
  scaleX: number;
  scaleY: number;
}

export const UNCALIBRATED: Calibration = { id: 'none', dx: 0, dy: 0, scaleX: 1, scaleY: 1 };

/** Beyond this it is not the printer's tolerance, but a wrong form, a wrong measure or paper laid in askew. */
export const SCALE_LIMITS = { least: 0.97, most: 1.03 } as const;
/** Beyond this the paper guide is to be moved, not the print. */
export const SHIFT_LIMIT = 200;

export interface Point {
  x: number;
  y: number;
}

/** @returns where the printer is told to print what shall stand at `point` */
export function calibrate({ dx, dy, scaleX, scaleY }: Calibration, { x, y }: Point): Point {
  return { x: x * scaleX + dx, y: y * scaleY + dy };
}

/** A cross of the grid: where it should stand, and where it was measured on the paper. */
export interface MeasuredCross {
  expected: Point;
  measured: Point;
}

export interface CalibrationFinding {
  calibration: Omit<Calibration, 'id'>;
  /** Turn of the paper in degrees, clockwise; null without a third cross. Reported only: it is mended at the paper guide. */
  rotation: number | null;
}

/** Why a measuring is not taken. */
export type CalibrationRefusal = 'too-near' | 'scale' | 'shift';

export class CalibrationError extends RangeError {
  override name = 'CalibrationError';
  readonly reason: CalibrationRefusal;

  constructor(reason: CalibrationRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * From two crosses of the printed grid that are apart in both directions, and the calibration it was printed with.
 * @param third on the row of `first`: tells how much the paper was turned
 * @throws CalibrationError when the crosses lie too near to each other, or the result is beyond what a printer may need
 */
export function solveCalibration(
  [first, second]: readonly [MeasuredCross, MeasuredCross],
  printedWith: Omit<Calibration, 'id'> = UNCALIBRATED,
  third?: MeasuredCross,
): CalibrationFinding {
  const x = solveAxis(first, second, 'x', printedWith.scaleX, printedWith.dx);
  const y = solveAxis(first, second, 'y', printedWith.scaleY, printedWith.dy);
  for (const { scale, shift } of [x, y]) {
    if (!(scale >= SCALE_LIMITS.least && scale <= SCALE_LIMITS.most)) throw new CalibrationError('scale');
    if (!(Math.abs(shift) <= SHIFT_LIMIT)) throw new CalibrationError('shift');
  }
  return {
    calibration: { dx: x.shift, dy: y.shift, scaleX: x.scale, scaleY: y.scale },
    rotation: third === undefined ? null : rotationOf(first, third),
  };
}

/** The printer puts u at `a·u + b`; to reach x it must be told `(x − b) / a`. */
function solveAxis(
  first: MeasuredCross,
  second: MeasuredCross,
  axis: 'x' | 'y',
  scale: number,
  shift: number,
): { scale: number; shift: number } {
  const told = [first, second].map(({ expected }) => expected[axis] * scale + shift) as [number, number];
  if (Math.abs(told[1] - told[0]) < 200) throw new CalibrationError('too-near');
  const a = (second.measured[axis] - first.measured[axis]) / (told[1] - told[0]);
  const b = first.measured[axis] - a * told[0];
  return { scale: 1 / a, shift: (0 - b) / a };
}

function rotationOf(first: MeasuredCross, third: MeasuredCross): number {
  const across = third.measured.x - first.measured.x;
  const down = third.measured.y - first.measured.y - (third.expected.y - first.expected.y);
  return (Math.atan2(down, across) * 180) / Math.PI;
}
