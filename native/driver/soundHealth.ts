import { YichuangError } from '../../contract/errors.ts';
import { type Player, playSound } from '../voice/player.ts';
import { silence } from '../voice/wav.ts';
import { type HealthReport, ONLINE } from './types.ts';

/** Of no meaning for silence; one every sound card takes. */
const RATE = 44_100;
const PROBE_MS = 100;

/**
 * Whether sound comes out, as far as a program can tell: the last playing ended well. Before the first, and after one
 * that failed, a moment of silence is played.
 */
export class SoundHealth {
  readonly #player: Player | null;
  #well = false;

  constructor(player: Player | null) {
    this.#player = player;
  }

  /** @throws what `play` throws */
  async watch(play: () => Promise<void>): Promise<void> {
    this.#well = false;
    await play();
    this.#well = true;
  }

  async report(): Promise<HealthReport> {
    if (this.#well) return ONLINE;
    try {
      const moment = { sampleRate: RATE, samples: silence(RATE, PROBE_MS) };
      await this.watch(() => playSound(this.#player, moment, new AbortController().signal));
      return ONLINE;
    } catch (error) {
      if (!(error instanceof YichuangError)) throw error;
      return { health: 'fault', reason: error.code, message: null };
    }
  }
}
