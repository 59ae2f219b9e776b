import { YichuangError } from '../../contract/errors.ts';
import { COMMA } from '../../domain/announcement/sentence.ts';
import { makeChime } from './chime.ts';
import type { VoicePack } from './pack.ts';
import { concatenate, type Sound, silence } from './wav.ts';

/** Between the chime and the first word. */
export const AFTER_CHIME_MS = 250;

/**
 * The recordings of a sentence one after the other, sample for sample; nothing is resampled or mixed.
 * @param pieces of domain/announcement/sentence.ts
 * @throws YichuangError `voice-pack-broken`, details: the piece that is missing
 */
export function joinPieces(pack: VoicePack, pieces: readonly string[]): Sound {
  const { sampleRate, gapMs, pauseMs } = pack.manifest;
  const parts: Int16Array[] = [];
  let isFirst = true;
  for (const words of pieces) {
    if (words === COMMA) {
      parts.push(silence(sampleRate, pauseMs));
      isFirst = true;
      continue;
    }
    const piece = pack.pieces.get(words);
    if (!piece) throw new YichuangError('voice-pack-broken', { details: [`${words}: no recording`] });
    if (!isFirst) parts.push(silence(sampleRate, gapMs));
    parts.push(piece);
    isFirst = false;
  }
  return { sampleRate, samples: concatenate(parts) };
}

/** The chime, a moment, then what is said. */
export function withChime({ sampleRate, samples }: Sound): Sound {
  return {
    sampleRate,
    samples: concatenate([makeChime(sampleRate), silence(sampleRate, AFTER_CHIME_MS), samples]),
  };
}
