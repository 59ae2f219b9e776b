import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { inspectPack, loadPack } from './pack.ts';
import { SHIPPED_PACK } from './shippedPack.ts';
import { encodeWav, parseWav } from './wav.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/** A copy of the shipped pack that may be broken. */
async function copyPack(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pack-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  await cp(SHIPPED_PACK, folder, { recursive: true });
  return folder;
}

async function changeManifest(folder: string, change: (manifest: Record<string, unknown>) => void): Promise<void> {
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
}

describe('the shipped pack', () => {
  it('is whole, says its licence, and is smaller than 3 MB', async () => {
    const { manifest, pieces } = await loadPack(SHIPPED_PACK);
    expect(manifest.licence).toMatch(/CC0/);
    let bytes = 0;
    for (const file of Object.values(manifest.pieces)) bytes += (await stat(path.join(SHIPPED_PACK, file))).size;
    expect(bytes).toBeLessThan(3_000_000);
    expect(pieces.size).toBe(Object.keys(manifest.pieces).length);
  });
});

describe('a broken pack', () => {
  it('is refused with every problem, not only the first', async () => {
    const folder = await copyPack();
    await rm(path.join(folder, 'yi1.wav'));
    await writeFile(path.join(folder, 'er4.wav'), 'no sound at all');
    execFileSync('sox', [path.join(SHIPPED_PACK, 'san1.wav'), '-r', '8000', path.join(folder, 'san1.wav')]);
    execFileSync('sox', [path.join(SHIPPED_PACK, 'si4.wav'), '-c', '2', path.join(folder, 'si4.wav')]);
    execFileSync('sox', ['-D', path.join(SHIPPED_PACK, 'wu3.wav'), path.join(folder, 'wu3.wav'), 'vol', '30']);
    await changeManifest(folder, (manifest) => {
      delete (manifest.pieces as Record<string, string>).六;
    });
    const { problems } = await inspectPack(folder);
    expect(problems).toEqual([
      '一: yi1.wav: cannot be read',
      '二: er4.wav: not a WAV file',
      '三: san1.wav: 8000 Hz, expected 22050',
      '四: si4.wav: not 16-bit PCM of one channel',
      '五: wu3.wav: clipped: record it more quietly',
      '六: no recording',
    ]);
    await expect(loadPack(folder)).rejects.toMatchObject({ code: 'voice-pack-broken', details: problems });
  });

  it.each([
    ['licence', undefined, 'licence'],
    ['sampleRate', 'high', 'sampleRate'],
    ['pieces', { 请: '../qing3.wav' }, 'pieces.请'],
  ])('names the cell %s that is wrong', async (key, value, cell) => {
    const folder = await copyPack();
    await changeManifest(folder, (manifest) => {
      manifest[key] = value;
    });
    const { problems } = await inspectPack(folder);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^manifest.json: ${cell}: `))]);
  });

  it('is a folder without a manifest', async () => {
    expect((await inspectPack(tmpdir())).problems).toEqual(['manifest.json: cannot be read']);
  });
});

describe('WAV files', () => {
  it('come back as they were', () => {
    const samples = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(samples, fc.constantFrom(8000, 16_000, 44_100), (values, sampleRate) => {
        const sound = parseWav(encodeWav({ sampleRate, samples: Int16Array.from(values) }));
        expect(sound).toEqual({ sampleRate, samples: Int16Array.from(values) });
      }),
    );
  });

  it('that are no WAV files are refused and break nothing', () => {
    const start = encodeWav({ sampleRate: 8000, samples: Int16Array.of(1, 2) });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat({ max: start.length }), (bytes, kept) => {
        const broken = Uint8Array.of(...start.subarray(0, kept), ...bytes);
        try {
          expect(parseWav(broken).samples.length).toBeLessThanOrEqual(broken.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
