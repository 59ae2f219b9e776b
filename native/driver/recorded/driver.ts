import type { RecordedVoiceConfig } from '../../../contract/config/voices.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { Transport } from '../../transport/types.ts';
import { joinPieces, withChime } from '../../voice/join.ts';
import { loadPack, type VoicePack } from '../../voice/pack.ts';
import { findPlayer, type Player, playSound } from '../../voice/player.ts';
import { shippedPackFolder } from '../../voice/shippedPack.ts';
import { stretch } from '../../voice/stretch.ts';
import { atVolume } from '../../voice/wav.ts';
import { SoundHealth } from '../soundHealth.ts';
import type { DriverEnvironment, HealthReport } from '../types.ts';
import { SLOWER, type Utterance, type Voice } from '../voice.ts';

export type RecordedOptions = Pick<RecordedVoiceConfig, 'pack' | 'player' | 'volume' | 'chime'> & { port: string };

/** Recorded pieces, joined here and played by a program of this machine: no network, no speech engine. */
export class RecordedDriver implements Voice {
  static readonly driverName = 'recorded';
  readonly #options: RecordedOptions;
  readonly #player: Player | null;
  readonly #sound: SoundHealth;
  readonly #environment: DriverEnvironment;
  #pack: VoicePack | null = null;

  static create(_transport: Transport, options: RecordedOptions, environment: DriverEnvironment): RecordedDriver {
    return new RecordedDriver(options, environment);
  }

  constructor(options: RecordedOptions, environment: DriverEnvironment) {
    this.#options = options;
    this.#environment = environment;
    this.#player = options.player ? { command: options.player } : findPlayer(outputOf(options.port));
    this.#sound = new SoundHealth(this.#player);
  }

  /** A broken pack is a fault that the heartbeat tells, not a voice that does not answer. */
  async initialise(): Promise<void> {
    try {
      this.#pack = await loadPack(this.#options.pack ?? shippedPackFolder());
    } catch (error) {
      if (!(error instanceof YichuangError)) throw error;
      this.#environment.log('voice.pack', { problems: error.details });
    }
  }

  async heartbeat(): Promise<HealthReport> {
    if (this.#pack) return this.#sound.report();
    return { health: 'fault', reason: 'voice-pack-broken', message: null };
  }

  /** @throws YichuangError `voice-pack-broken`, `voice-program-missing`, `voice-failed` */
  async speak(utterance: Utterance, signal: AbortSignal): Promise<void> {
    if (!this.#pack) throw new YichuangError('voice-pack-broken');
    const { chime, volume } = this.#options;
    const spoken = joinPieces(this.#pack, utterance.pieces);
    const words = utterance.slow ? stretch(spoken, SLOWER) : spoken;
    const sound = atVolume(chime ? withChime(words) : words, volume);
    await this.#sound.watch(() => playSound(this.#player, sound, signal));
  }

  dispose(): void {}
}

/** `audio:hw:1,0` → `hw:1,0` */
export function outputOf(port: string): string {
  return port.slice(port.indexOf(':') + 1);
}
