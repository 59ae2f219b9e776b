import type { Sound } from './wav.ts';

/** A piece of speech that is laid over the next: some two periods of a deep voice. */
const WINDOW_MS = 30;
/** How far is looked for the place where the next piece goes on with the wave of the one before. */
const SEEK_MS = 8;
/** Every so many samples are compared while looking: a voice has its strength far below what that could miss. */
const STEP = 2;

/**
 * The same voice, slower: WSOLA (waveform similarity overlap-add). Pieces are taken a little closer together than they
 * are laid down, each where it continues the last one best, so that pitch and timbre stay.
 * @param factor of the length, above 1
 */
export function stretch({ sampleRate, samples }: Sound, factor: number): Sound {
  const half = Math.round((sampleRate * WINDOW_MS) / 2000);
  const seek = Math.round((sampleRate * SEEK_MS) / 1000);
  // Too short to be cut anywhere.
  if (samples.length < 4 * half + 2 * seek) return { sampleRate, samples };
  const laid = new Int16Array(Math.ceil(samples.length * factor) + 2 * half + seek);
  laid.set(samples.subarray(0, half));
  let at = half;
  /** Where the piece laid last goes on by itself. */
  let natural = half;
  for (let wanted = at / factor; ; wanted = at / factor) {
    if (Math.max(natural, wanted + seek) + half > samples.length) break;
    const start = bestStart(samples, natural, Math.round(wanted), half, seek);
    for (let index = 0; index < half; index++) {
      const share = index / half;
      const old = samples[natural + index] ?? 0;
      const fresh = samples[start + index] ?? 0;
      laid[at + index] = Math.round(old * (1 - share) + fresh * share);
    }
    natural = start + half;
    at += half;
  }
  const rest = samples.subarray(natural);
  laid.set(rest, at);
  return { sampleRate, samples: laid.subarray(0, at + rest.length) };
}

/** The start near `wanted` whose samples are most like those that follow `natural`. */
function bestStart(samples: Int16Array, natural: number, wanted: number, half: number, seek: number): number {
  let best = Math.max(0, wanted);
  let most = Number.NEGATIVE_INFINITY;
  for (let start = Math.max(0, wanted - seek); start <= wanted + seek; start += STEP) {
    let likeness = 0;
    let energy = 1;
    for (let index = 0; index < half; index += STEP) {
      const sample = samples[start + index] ?? 0;
      likeness += sample * (samples[natural + index] ?? 0);
      energy += sample * sample;
    }
    const score = likeness / Math.sqrt(energy);
    if (score > most) {
      most = score;
      best = start;
    }
  }
  return best;
}
