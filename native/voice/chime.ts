import { concatenate } from './wav.ts';

/** Two tones a major third apart, as halls know them; generated, so nobody's recording. */
const TONES = [
  { hertz: 659.26, ms: 400 },
  { hertz: 523.25, ms: 600 },
] as const;
const PEAK = 0.5;
/** In which a tone falls to a third. */
const DECAY_MS = 180;
/** At both ends of a tone, against clicks. */
const RAMP_MS = 8;

/** 两声: rings before what is said. @returns at the rate of the voice that follows */
export function makeChime(sampleRate: number): Int16Array {
  return concatenate(TONES.map(({ hertz, ms }) => tone(sampleRate, hertz, ms)));
}

function tone(sampleRate: number, hertz: number, ms: number): Int16Array {
  const samples = new Int16Array(Math.round((sampleRate * ms) / 1000));
  for (const index of samples.keys()) {
    const atMs = (index * 1000) / sampleRate;
    const ramp = Math.min(1, atMs / RAMP_MS, (ms - atMs) / RAMP_MS);
    const wave = Math.sin((2 * Math.PI * hertz * index) / sampleRate);
    samples[index] = Math.round(0x7fff * PEAK * ramp * Math.exp(-atMs / DECAY_MS) * wave);
  }
  return samples;
}
