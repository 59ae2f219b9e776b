import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Edge, type Edit, edgeAt, LEAST, planDrawing, putEdge, turnRight, UNCHANGED, WHOLE } from './geometry.ts';

const edges: Edge[] = ['left', 'top', 'right', 'bottom'];
const step = fc.tuple(fc.constantFrom(...edges), fc.double({ min: -2, max: 3, noNaN: true }));
const crop = fc
  .array(step, { maxLength: 8 })
  .map((steps) => steps.reduce((at, [edge, to]) => putEdge(at, edge, to), WHOLE));
const edit: fc.Arbitrary<Edit> = fc.tuple(crop, fc.nat(3)).map(([rect, turns]) => {
  let at: Edit = { turns: 0, crop: rect };
  for (let turn = 0; turn < turns; turn += 1) at = turnRight(at);
  return at;
});
const size = fc.record({ width: fc.integer({ min: 20, max: 6000 }), height: fc.integer({ min: 20, max: 6000 }) });

describe('a crop', () => {
  test('stays inside the picture and never vanishes, wherever its edges are put', () => {
    fc.assert(
      fc.property(edit, ({ crop: { x, y, width, height } }) => {
        const slack = 1e-9;
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(-slack);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + slack);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(LEAST - slack);
      }),
    );
  });

  test('moves only the edge that is put, and puts it there when it can be', () => {
    fc.assert(
      fc.property(crop, fc.constantFrom(...edges), fc.double({ min: 0, max: 1, noNaN: true }), (before, edge, to) => {
        const after = putEdge(before, edge, to);
        for (const other of edges) {
          if (other !== edge) expect(edgeAt(after, other)).toBeCloseTo(edgeAt(before, other), 9);
        }
      }),
    );
    expect(putEdge(WHOLE, 'left', 0.25)).toEqual({ x: 0.25, y: 0, width: 0.75, height: 1 });
    expect(putEdge(WHOLE, 'bottom', 0.5)).toEqual({ x: 0, y: 0, width: 1, height: 0.5 });
  });
});

describe('a turn', () => {
  test('four times is where it began', () => {
    fc.assert(
      fc.property(edit, (before) => {
        const after = [1, 2, 3, 4].reduce(turnRight, before);
        expect(after.turns).toBe(before.turns);
        for (const edge of edges) expect(edgeAt(after.crop, edge)).toBeCloseTo(edgeAt(before.crop, edge), 9);
      }),
    );
  });

  test('keeps the same part of the paper: the upper left quarter is then the upper right one', () => {
    const quarter: Edit = { turns: 0, crop: { x: 0, y: 0, width: 0.5, height: 0.5 } };
    expect(turnRight(quarter)).toEqual({ turns: 1, crop: { x: 0.5, y: 0, width: 0.5, height: 0.5 } });
  });
});

/** Where a point of the unturned picture comes to lie on the canvas, as the canvas’s own matrix moves it. */
function drawn(point: [number, number], of: { width: number; height: number }, at: Edit): [number, number] {
  const { turns, shiftX, shiftY, scale } = planDrawing(of, at);
  const [x, y] = point;
  const turned = (
    [
      [x, y],
      [-y, x],
      [-x, -y],
      [y, -x],
    ] as const
  )[turns];
  return [(turned[0] + shiftX) * scale, (turned[1] + shiftY) * scale];
}

describe('the drawing', () => {
  test('brings the corners of the crop to the corners of the result', () => {
    const of = { width: 400, height: 200 };
    expect(planDrawing(of, UNCHANGED)).toMatchObject({ width: 400, height: 200, scale: 1 });
    // A quarter turn to the right: what was lower left is upper left.
    expect(planDrawing(of, { turns: 1, crop: WHOLE })).toMatchObject({ width: 200, height: 400 });
    expect(drawn([0, 200], of, { turns: 1, crop: WHOLE })).toEqual([0, 0]);
    expect(drawn([400, 200], of, { turns: 2, crop: WHOLE })).toEqual([0, 0]);
    expect(drawn([400, 0], of, { turns: 3, crop: WHOLE })).toEqual([0, 0]);
    expect(drawn([100, 50], of, { turns: 0, crop: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 } })).toEqual([0, 0]);
  });

  test('is never larger than A3 at 300 dpi, never enlarged, and keeps its shape', () => {
    fc.assert(
      fc.property(size, edit, (of, at) => {
        const { width, height, scale } = planDrawing(of, at);
        expect(scale).toBeLessThanOrEqual(1);
        expect(Math.max(width, height)).toBeLessThanOrEqual(4961);
        expect(Math.min(width, height)).toBeLessThanOrEqual(3508);
        const whole = planDrawing(of, at, false);
        expect(Math.abs(width - whole.width * scale)).toBeLessThanOrEqual(1);
        expect(Math.abs(height - whole.height * scale)).toBeLessThanOrEqual(1);
      }),
    );
    expect(planDrawing({ width: 9922, height: 7016 }, UNCHANGED)).toMatchObject({ width: 4961, height: 3508 });
  });
});
