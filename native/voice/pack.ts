import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { YichuangError } from '../../contract/errors.ts';
import { requiredPieces } from '../../domain/announcement/vocabulary.ts';
import { type VoicePackManifest, voicePackManifest } from './manifest.ts';
import { parseWav } from './wav.ts';

export interface VoicePack {
  readonly manifest: VoicePackManifest;
  /** What is said → its recording, at the rate of the manifest. */
  readonly pieces: ReadonlyMap<string, Int16Array>;
}

/** A piece that is louder than this has been cut off at the top. */
const CLIPPED = 0x7fff;

/**
 * Reads a pack whole: every piece of every sentence must be there before the first is spoken.
 * @throws YichuangError `voice-pack-broken`, details: every problem, one line each
 */
export async function loadPack(folder: string): Promise<VoicePack> {
  const { pack, problems } = await inspectPack(folder);
  if (!pack || problems.length > 0) throw new YichuangError('voice-pack-broken', { details: problems });
  return pack;
}

/** @returns everything that is wrong with a pack; the pack, when there is anything to use at all */
export async function inspectPack(folder: string): Promise<{ pack: VoicePack | null; problems: string[] }> {
  const manifest = await readManifest(path.join(folder, 'manifest.json'));
  if (Array.isArray(manifest)) return { pack: null, problems: manifest };
  const pieces = new Map<string, Int16Array>();
  const problems: string[] = [];
  for (const [words, file] of Object.entries(manifest.pieces)) {
    const piece = await readPiece(path.join(folder, file), manifest.sampleRate);
    if (typeof piece === 'string') problems.push(`${words}: ${file}: ${piece}`);
    else pieces.set(words, piece);
  }
  for (const words of requiredPieces()) {
    if (!Object.hasOwn(manifest.pieces, words)) problems.push(`${words}: no recording`);
  }
  return { pack: { manifest, pieces }, problems };
}

async function readManifest(file: string): Promise<VoicePackManifest | string[]> {
  try {
    const parsed = voicePackManifest.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (parsed.success) return parsed.data;
    return parsed.error.issues.map((issue) => `manifest.json: ${issue.path.join('.')}: ${issue.message}`);
  } catch {
    return ['manifest.json: cannot be read'];
  }
}

/** @returns the samples, or what is wrong */
async function readPiece(file: string, sampleRate: number): Promise<Int16Array | string> {
  const bytes = await readFile(file).catch(() => null);
  if (!bytes) return 'cannot be read';
  try {
    const sound = parseWav(bytes);
    if (sound.sampleRate !== sampleRate) return `${sound.sampleRate} Hz, expected ${sampleRate}`;
    if (sound.samples.length === 0) return 'no sound';
    if (sound.samples.some((sample) => Math.abs(sample) >= CLIPPED)) return 'clipped: record it more quietly';
    return sound.samples;
  } catch (error) {
    return error instanceof Error ? error.message : 'not a WAV file';
  }
}
