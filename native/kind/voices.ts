import type { VoiceConfig } from '../../contract/config/voices.ts';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { piecesOf } from '../../domain/announcement/sentence.ts';
import type { DriverClass } from '../driver/types.ts';
import type { Voice } from '../driver/voice.ts';
import type { PortOptions } from '../transport/types.ts';
import { ZoneQueue } from '../voice/zoneQueue.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningVoice extends Running<Voice> {
  /** Waits its turn. @returns how often it was spoken; 0 when `stop` came first. @throws of `Voice.speak` */
  speak(announcement: Announcement, slow: boolean): Promise<number>;
  stop(): void;
}

/** Of a voice that is played by this machine. */
const NO_LINE = 9600;

/** Loaded one by one, only where there is such a voice. */
const DRIVERS = {
  recorded: async () => (await import('../driver/recorded/driver.ts')).RecordedDriver,
  syn6288: async () => (await import('../driver/syn6288/driver.ts')).Syn6288Driver,
  system: async () => (await import('../driver/system-voice/driver.ts')).SystemVoiceDriver,
  xfs5152: async () => (await import('../driver/xfs5152/driver.ts')).Xfs5152Driver,
} satisfies { [D in VoiceConfig['driver']]: () => Promise<DriverClass<Voice, never>> };

/** The voice of one zone: one thing is said after the other. */
export async function startVoice(key: string, config: VoiceConfig, workshop: Workshop): Promise<RunningVoice> {
  const driver: DriverClass<Voice, never> = await DRIVERS[config.driver]();
  // The schema has accepted the configuration for this very driver.
  const running = workshop.supervise<Voice, PortOptions>(key, driver as DriverClass<Voice, PortOptions>, {
    baudRate: NO_LINE,
    ...config,
  });
  const queue = new ZoneQueue({
    speak: ({ announcement, slow }, signal) => {
      const pieces = piecesOf(announcement, config.one);
      return running.supervisor.run((voice) => voice.speak({ pieces, text: pieces.join(''), slow }, signal));
    },
    repeat: config.repeat,
    delay: workshop.environment.delay,
  });
  return {
    ...running,
    speak: (announcement, slow) => queue.say(announcement, slow),
    stop: () => queue.stop(),
    close: () => {
      queue.stop();
      return running.close();
    },
  };
}
