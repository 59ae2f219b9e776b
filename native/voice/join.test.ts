import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { COMMA, piecesOf } from '../../domain/announcement/sentence.ts';
import { anyAnnouncement } from '../../tests/fixtures/announcements.ts';
import { AFTER_CHIME_MS, joinPieces, withChime } from './join.ts';
import { loadPack, type VoicePack } from './pack.ts';
import { SHIPPED_PACK } from './shippedPack.ts';
import { encodeWav } from './wav.ts';

/** The joined sound against sox, which reads, cuts and measures WAV files by itself. */

const CALL: Announcement = { event: 'call', ticket: 'A015', window: 13 };
const CHIME_MS = 1000;
let pack: VoicePack;
let folder: string;

beforeAll(async () => {
  pack = await loadPack(SHIPPED_PACK);
  folder = await mkdtemp(path.join(tmpdir(), 'join-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(announcement: Announcement, chime: boolean): Promise<string> {
  const file = path.join(folder, `${announcement.event}-${chime}.wav`);
  await writeFile(
    file,
    encodeWav(chime ? withChime(joinPieces(pack, piecesOf(announcement))) : joinPieces(pack, piecesOf(announcement))),
  );
  return file;
}

const sox = (...args: string[]) => execFileSync('sox', args, { maxBuffer: 64_000_000 });
const samplesIn = (file: string) => Number(execFileSync('soxi', ['-s', file]));
/** Bare samples, from sample `from` on. */
const raw = (file: string, from: number, count: number) =>
  sox(file, '-t', 'raw', '-', 'trim', `${from}s`, `${count}s`).toString('hex');
const fileOf = (words: string) => path.join(SHIPPED_PACK, pack.manifest.pieces[words] ?? '');
const ms = (milliseconds: number) => Math.round((pack.manifest.sampleRate * milliseconds) / 1000);

/** Where each piece has to stand, by the manifest and the lengths of the files alone. */
function plan(announcement: Announcement, startAt: number): { end: number; places: { words: string; at: number }[] } {
  let at = startAt;
  let needsGap = false;
  const places: { words: string; at: number }[] = [];
  for (const words of piecesOf(announcement)) {
    if (words === COMMA) {
      at += ms(pack.manifest.pauseMs);
      needsGap = false;
      continue;
    }
    if (needsGap) at += ms(pack.manifest.gapMs);
    places.push({ words, at });
    at += samplesIn(fileOf(words));
    needsGap = true;
  }
  return { end: at, places };
}

describe('joined recordings', () => {
  it.each<Announcement>([CALL, { event: 'recall', ticket: 'XA001', window: 3, time: 2 }, { event: 'closing' }])(
    '%o: every recording stands whole at its place, and nothing else',
    async (announcement) => {
      const file = await write(announcement, false);
      const { places, end } = plan(announcement, 0);
      expect(samplesIn(file)).toBe(end);
      for (const { words, at } of places) {
        const length = samplesIn(fileOf(words));
        expect(raw(file, at, length) === raw(fileOf(words), 0, length), words).toBe(true);
      }
    },
  );

  it('has the chime and a moment of silence before it', async () => {
    const file = await write(CALL, true);
    const start = ms(CHIME_MS) + ms(AFTER_CHIME_MS);
    expect(samplesIn(file)).toBe(plan(CALL, start).end);
    const first = fileOf('请');
    expect(raw(file, start, samplesIn(first)) === raw(first, 0, samplesIn(first))).toBe(true);
    expect(raw(file, ms(CHIME_MS), ms(AFTER_CHIME_MS))).toMatch(/^0+$/);
  });

  it('rings two tones, the lower one second', async () => {
    const file = await write(CALL, true);
    const tones = path.join(folder, 'tone.wav');
    /** sox's own estimate of the frequency. */
    const hertz = (from: number, length: number) => {
      sox(file, tones, 'trim', `${from}s`, `${length}s`);
      const said = execFileSync('sh', ['-c', `sox '${tones}' -n stat 2>&1`]).toString();
      return Number(/Rough\s+frequency:\s+(\d+)/.exec(said)?.[1]);
    };
    expect(Math.abs(hertz(ms(50), ms(200)) - 659)).toBeLessThan(40);
    expect(Math.abs(hertz(ms(450), ms(200)) - 523)).toBeLessThan(40);
  });

  it('is 16-bit PCM of one channel that no program has to repair, and never clips', async () => {
    const file = await write(CALL, true);
    const info = execFileSync('soxi', [file]).toString();
    expect(info).toMatch(/Channels\s+: 1/);
    expect(info).toMatch(/Precision\s+: 16-bit/);
    expect(info).toMatch(new RegExp(`Sample Rate\\s+: ${pack.manifest.sampleRate}`));
    const stat = execFileSync('sh', ['-c', `sox '${file}' -n stat 2>&1`]).toString();
    const peak = Number(/Maximum amplitude:\s+([\d.]+)/.exec(stat)?.[1]);
    expect(peak).toBeGreaterThan(0.3);
    expect(peak).toBeLessThan(0.95);
  });

  it('can be made of everything that is said', () => {
    fc.assert(
      fc.property(anyAnnouncement, fc.constantFrom('一' as const, '幺' as const), (announcement, one) => {
        const { samples } = joinPieces(pack, piecesOf(announcement, one));
        return samples.length > pack.manifest.sampleRate / 2 && samples.every((sample) => Math.abs(sample) < 0x7fff);
      }),
      { numRuns: 100 },
    );
  });

  it('says which recording is missing', () => {
    expect(() => joinPieces(pack, ['请', '安静'])).toThrowError(
      expect.objectContaining({ code: 'voice-pack-broken', details: ['安静: no recording'] }),
    );
  });
});
