import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pinyin } from 'pinyin-pro';
import { requiredPieces } from '../../domain/announcement/vocabulary.ts';
import type { VoicePackManifest } from '../../native/voice/manifest.ts';
import { inspectPack } from '../../native/voice/pack.ts';
import { SHIPPED_PACK } from '../../native/voice/shippedPack.ts';
import { encodeWav, parseWav } from '../../native/voice/wav.ts';

/**
 * Makes the voice pack that the program ships, with espeak-ng: `node tools/voice/buildPack.ts`. A machine's voice, so
 * that every hall can speak on the first day; a hall may replace it with recordings of a person (README.md here).
 */

/** Reads Chinese characters as Mandarin and letters by their Chinese names; `cmn` of espeak-ng 1.51 does neither. */
const VOICE = 'cmn-latn-pinyin';
const WORDS_PER_MINUTE = '145';
/** Quieter than this part of the loudest piece is no speech any more. */
const QUIET = 0.01;
const KEPT_MS = 12;
/** Of full scale, for the loudest sample of the pack. */
const PEAK = 0.8;
const FADE_MS = 5;

function speak(words: string): { sampleRate: number; samples: Int16Array } {
  const file = path.join(tmpdir(), `yichuang-voice-${process.pid}.wav`);
  execFileSync('espeak-ng', ['-v', VOICE, '-s', WORDS_PER_MINUTE, '-b', '1', '-w', file, '--stdin'], { input: words });
  const sound = parseWav(readFileSync(file));
  rmSync(file);
  return sound;
}

/** Without the silence around it, faded at both ends against clicks. */
function trim(samples: Int16Array, sampleRate: number): Int16Array {
  const quiet = QUIET * loudest(samples);
  const kept = Math.round((sampleRate * KEPT_MS) / 1000);
  const first = samples.findIndex((sample) => Math.abs(sample) > quiet);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > quiet);
  const cut = samples.slice(Math.max(0, first - kept), Math.min(samples.length, last + kept));
  const fade = (sampleRate * FADE_MS) / 1000;
  return cut.map((sample, index) => Math.round(sample * Math.min(1, index / fade, (cut.length - 1 - index) / fade)));
}

function loudest(samples: Int16Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** `qing3.wav`, `letter-a.wav`: plain names survive every file system and archive. */
function fileOf(words: string): string {
  if (/^[A-Z]$/.test(words)) return `letter-${words.toLowerCase()}.wav`;
  return `${pinyin(words, { toneType: 'num', type: 'array', v: true }).join('-')}.wav`;
}

async function build(): Promise<void> {
  const sounds = new Map(requiredPieces().map((words) => [words, speak(words)]));
  const rates = new Set([...sounds.values()].map((sound) => sound.sampleRate));
  const [sampleRate] = rates;
  if (sampleRate === undefined || rates.size > 1) throw new Error('espeak-ng gave several sample rates');
  const trimmed = new Map([...sounds].map(([words, { samples }]) => [words, trim(samples, sampleRate)]));
  const gain = (0x7fff * PEAK) / Math.max(...[...trimmed.values()].map(loudest));

  rmSync(SHIPPED_PACK, { recursive: true, force: true });
  mkdirSync(SHIPPED_PACK, { recursive: true });
  const pieces: Record<string, string> = {};
  for (const [words, samples] of trimmed) {
    const file = fileOf(words);
    if (Object.values(pieces).includes(file)) throw new Error(`two pieces are called ${file}`);
    pieces[words] = file;
    const louder = samples.map((sample) => Math.round(sample * gain));
    writeFileSync(path.join(SHIPPED_PACK, file), encodeWav({ sampleRate, samples: louder }));
  }
  const manifest: VoicePackManifest = {
    format: 'yichuang-voice-pack',
    version: 1,
    name: '一窗机器语音',
    voice: `espeak-ng, voice ${VOICE}, ${WORDS_PER_MINUTE} words a minute: a machine, no person`,
    licence: 'CC0-1.0. Output of espeak-ng (itself GPL-3.0-or-later), which its licence does not cover.',
    sampleRate,
    gapMs: 30,
    pauseMs: 300,
    pieces,
  };
  writeFileSync(path.join(SHIPPED_PACK, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const { problems } = await inspectPack(SHIPPED_PACK);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.error(`${trimmed.size} pieces`);
}

await build();
