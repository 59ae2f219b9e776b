import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { piecesOf } from '../../domain/announcement/sentence.ts';
import { joinPieces } from './join.ts';
import { loadPack } from './pack.ts';
import { SHIPPED_PACK } from './shippedPack.ts';
import { stretch } from './stretch.ts';
import { encodeWav, type Sound } from './wav.ts';

/** Slow speech against sox, which measures length, pitch and loudness by itself. */

const FACTOR = 1.3;
const RATE = 22_050;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'stretch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What sox says of a sound. */
async function measure(sound: Sound): Promise<{ seconds: number; frequency: number; rms: number; jump: number }> {
  const file = path.join(folder, 'sound.wav');
  await writeFile(file, encodeWav(sound));
  const stat = execFileSync('sh', ['-c', `sox '${file}' -n stat 2>&1`]).toString();
  const read = (name: string): number => Number(new RegExp(`${name}:\\s+([\\d.]+)`).exec(stat)?.[1]);
  return {
    seconds: read('Length \\(seconds\\)'),
    frequency: read('Rough\\s+frequency'),
    rms: read('RMS\\s+amplitude'),
    jump: read('Maximum\\s+delta'),
  };
}

it.each([90, 180, 310])('a tone of %i Hz is longer and no lower, no softer, and has no crack', async (hertz) => {
  const samples = Int16Array.from({ length: RATE * 2 }, (_, at) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * hertz * at) / RATE)),
  );
  const before = await measure({ sampleRate: RATE, samples });
  const after = await measure(stretch({ sampleRate: RATE, samples }, FACTOR));
  expect(Math.abs(after.seconds / before.seconds - FACTOR)).toBeLessThan(0.02);
  expect(Math.abs(after.frequency - before.frequency)).toBeLessThanOrEqual(before.frequency * 0.03);
  expect(after.rms / before.rms).toBeGreaterThan(0.95);
  expect(after.jump / before.jump).toBeLessThan(1.1);
});

it('a call of the pack is the same voice, slower', async () => {
  const call = joinPieces(await loadPack(SHIPPED_PACK), piecesOf({ event: 'call', ticket: 'A015', window: 13 }));
  const [before, after] = [await measure(call), await measure(stretch(call, FACTOR))];
  expect(Math.abs(after.seconds / before.seconds - FACTOR)).toBeLessThan(0.02);
  // Of speech the rough frequency hangs on its hisses.
  expect(Math.abs(after.frequency / before.frequency - 1)).toBeLessThan(0.15);
  expect(after.rms / before.rms).toBeGreaterThan(0.9);
  expect(after.rms / before.rms).toBeLessThan(1.1);
  expect(after.jump).toBeLessThanOrEqual(before.jump * 1.1);
});

it('what is too short to be cut stays as it is, and nothing becomes nothing', () => {
  for (const length of [0, 1, 500]) {
    const sound = { sampleRate: RATE, samples: new Int16Array(length).fill(7) };
    expect(stretch(sound, FACTOR)).toEqual(sound);
  }
});
