import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../../paper/raster.ts';
import { EscpMachine } from '../../simulator/escp/machine.ts';
import { type EscpOptions, resynchronise } from './page.ts';
import { encodePage } from './passes.ts';

const PAPER = { width: 1850, height: 2600 };
const OPTIONS: EscpOptions = { dialect: 'lq1600k', quality: 'letter', highSpeed: 'unset', fineSteps: false };

/** Long pictures, short ones and text. */
function page(): Bitmap {
  const [width, height] = [1311, 400];
  const dots = new Uint8Array(width * height);
  for (let row = 40; row < 90; row += 1) dots.fill(1, row * width + 50, row * width + 1200);
  for (let row = 200; row < 210; row += 1) dots.fill(1, row * width + 50, row * width + 60);
  return { width, height, dots };
}

const content = { dots: page(), dpiX: 180, texts: [{ x: 300, y: 300, text: '某某市测试区1号' }] } as const;
const job = encodePage(content, PAPER.height, OPTIONS);

function printed(...parts: Uint8Array[]): readonly { dots: Uint8Array; ejected: string }[] {
  const machine = new EscpMachine({ dialect: 'lq1600k', paper: PAPER });
  for (const part of parts) machine.receive(part);
  return machine.pages;
}

test('wherever a job broke off, its sheet is put out and the next one is printed whole', () => {
  const [whole] = printed(job);
  const inside = Array.from({ length: 60 }, (_, index) => Math.floor((index * job.length) / 60));
  for (const at of [...inside, job.length - 1, job.length - 2]) {
    const pages = printed(job.subarray(0, at), resynchronise(true), job);
    const last = pages.at(-1);
    expect(Buffer.compare(last?.dots ?? new Uint8Array(), whole?.dots ?? new Uint8Array()), `broken at ${at}`).toBe(0);
    for (const before of pages.slice(0, -1)) expect(before.ejected, `broken at ${at}`).toBe('EM R');
  }
});

test('without it the next certificate is spoiled: the test above can fail', () => {
  const [whole] = printed(job);
  const spoiled = fc.sample(fc.integer({ min: 200, max: job.length - 200 }), { numRuns: 40, seed: 1 }).filter((at) => {
    const pages = printed(job.subarray(0, at), job);
    return Buffer.compare(pages.at(-1)?.dots ?? new Uint8Array(), whole?.dots ?? new Uint8Array()) !== 0;
  });
  expect(spoiled.length).toBeGreaterThan(20);
});

test('before a first job, with the blank already in the printer, nothing is marked and nothing moves', () => {
  const pages = printed(resynchronise(false), job);
  expect(pages).toHaveLength(1);
  expect(Buffer.compare(pages[0]?.dots ?? new Uint8Array(), printed(job)[0]?.dots ?? new Uint8Array())).toBe(0);
});
