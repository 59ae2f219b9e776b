import type { DisplayConfig } from '../../contract/config/displays.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { DisplayWords } from '../../domain/announcement/display.ts';
import type { Display } from '../driver/display.ts';
import type { DriverClass } from '../driver/types.ts';
import type { PortOptions } from '../transport/types.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningDisplay extends Running<Display> {
  /** What is to be shown from now on; sent only when it differs from what is shown. @throws of `Display.show` */
  show(words: DisplayWords): Promise<void>;
}

/** Loaded one by one, only where there is such a display. */
const DRIVERS = {
  'frame-profile': async () => (await import('../driver/frame-profile/display.ts')).FrameDisplayDriver,
  'onbon-bx5k': async () => (await import('../driver/onbon-bx5k/driver.ts')).OnbonDriver,
} satisfies { [D in DisplayConfig['driver']]: () => Promise<DriverClass<Display, never>> };

/** The display over a window. It is a state and no command: after every opening the display is given it anew. */
export async function startDisplay(key: string, config: DisplayConfig, workshop: Workshop): Promise<RunningDisplay> {
  const driver: DriverClass<Display, never> = await DRIVERS[config.driver]();
  const screen = new Screen();
  const running = workshop.supervise<Display, PortOptions>(
    key,
    {
      driverName: driver.driverName,
      // The schema has accepted the configuration for this very driver.
      create: (transport, own, environment) => screen.remembered(driver.create(transport, own as never, environment)),
    },
    config,
  );
  return {
    ...running,
    show: (words) => {
      screen.wanted = words;
      return running.supervisor.run((display) => display.show(words));
    },
  };
}

/** What a window's display should show, over all openings of its port. */
class Screen {
  wanted: DisplayWords | null = null;

  /** The driver of one opening, which begins with what is wanted and sends nothing twice. */
  remembered(display: Display): Display {
    let shown: string | null = null;
    const show = async (words: DisplayWords) => {
      const key = JSON.stringify(words);
      // Two calls that overtook each other: only the newest is wanted.
      if (key === shown || key !== JSON.stringify(this.wanted)) return;
      shown = null;
      await display.show(words);
      shown = key;
    };
    return {
      initialise: () => display.initialise(),
      // Also the first thing after an opening; what the display was too busy for is tried again here.
      heartbeat: async () => {
        const report = await display.heartbeat();
        if (!this.wanted || report.health === 'offline') return report;
        try {
          await show(this.wanted);
          return report;
        } catch (error) {
          if (!(error instanceof YichuangError) || error.code === 'device-offline') throw error;
          return { health: 'fault', reason: error.code, message: null };
        }
      },
      dispose: () => display.dispose(),
      show,
    };
  }
}
