import type { SystemVoiceConfig } from '../../../contract/config/voices.ts';
import { YichuangError } from '../../../contract/errors.ts';
import type { Transport } from '../../transport/types.ts';
import { withChime } from '../../voice/join.ts';
import { findPlayer, type Player, playSound } from '../../voice/player.ts';
import { atVolume } from '../../voice/wav.ts';
import { outputOf } from '../recorded/driver.ts';
import { SoundHealth } from '../soundHealth.ts';
import { type HealthReport, MUTE } from '../types.ts';
import type { Utterance, Voice } from '../voice.ts';
import { type Engine, findEngine, render, speakDirectly } from './engines.ts';

export type SystemVoiceOptions = Pick<SystemVoiceConfig, 'engine' | 'player' | 'volume' | 'chime'> & { port: string };

/** The Chinese voice of the operating system: when there is neither a module nor a voice pack. */
export class SystemVoiceDriver implements Voice {
  static readonly driverName = 'system';
  readonly #engine: Engine | null;
  readonly #player: Player | null;
  readonly #options: SystemVoiceOptions;
  readonly #sound: SoundHealth;

  static create(_transport: Transport, options: SystemVoiceOptions): SystemVoiceDriver {
    return new SystemVoiceDriver(options);
  }

  constructor(options: SystemVoiceOptions) {
    this.#engine = options.engine ?? findEngine();
    this.#player = options.player ? { command: options.player } : findPlayer(outputOf(options.port));
    this.#options = options;
    this.#sound = new SoundHealth(this.#player);
  }

  async initialise(): Promise<void> {}

  async heartbeat(): Promise<HealthReport> {
    if (this.#engine === null) return { health: 'fault', reason: 'voice-program-missing', message: null };
    return this.#engine === 'spd-say' ? MUTE : this.#sound.report();
  }

  /** spd-say plays by itself, so without the chime. @throws YichuangError `voice-program-missing`, `voice-failed` */
  async speak({ text, slow }: Utterance, signal: AbortSignal): Promise<void> {
    const engine = this.#engine;
    if (engine === null) throw new YichuangError('voice-program-missing');
    if (engine === 'spd-say') {
      await speakDirectly(text, slow, signal);
      return;
    }
    const speech = await render(engine, { text, slow }, signal);
    if (!speech) return;
    const sound = atVolume(this.#options.chime ? withChime(speech) : speech, this.#options.volume);
    await this.#sound.watch(() => playSound(this.#player, sound, signal));
  }

  dispose(): void {}
}
