import type { DisplayConfig } from '../../contract/config/displays.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { DisplayWords } from '../../domain/announcement/display.ts';
import type { LineDriverClass } from '../bus/types.ts';
import type { Display } from '../driver/display.ts';
import type { DriverClass } from '../driver/types.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningDisplay extends Running<Display> {
  /** What is to be shown from now on; sent only when it differs from what is shown. @throws of `Display.show` */
  show(words: DisplayWords): Promise<void>;
}

/** The display over a window. It is a state and no command: after every opening the display is given it anew. */
export async function startDisplay(key: string, config: DisplayConfig, workshop: Workshop): Promise<RunningDisplay> {
  const screen = new Screen();
  const running = await supervise(key, config, workshop, screen);
  return {
    ...running,
    show: (words) => {
      screen.wanted = words;
      return running.supervisor.run((display) => display.show(words));
    },
  };
}

/** Drivers are loaded one by one, only where there is such a display. */
async function supervise(
  key: string,
  config: DisplayConfig,
  workshop: Workshop,
  screen: Screen,
): Promise<Running<Display>> {
  switch (config.driver) {
    case 'frame-profile': {
      const { FrameDisplayDriver } = await import('../driver/frame-profile/display.ts');
      return workshop.supervise(key, remembering<typeof config>(FrameDisplayDriver, screen), config);
    }
    case 'onbon-bx5k': {
      const { OnbonDriver } = await import('../driver/onbon-bx5k/driver.ts');
      return workshop.supervise(key, remembering<typeof config>(OnbonDriver, screen), config);
    }
    case 'modbus-led': {
      const { ModbusLedDriver } = await import('../driver/modbus-led/driver.ts');
      return workshop.supervise(key, remembering<typeof config>(ModbusLedDriver, screen), config);
    }
  }
}

/** The same driver, whose every opening begins with what the screen should show. */
function remembering<C>(
  driver: DriverClass<Display, C> | LineDriverClass<Display, C>,
  screen: Screen,
): DriverClass<Display, C> | LineDriverClass<Display, C> {
  const { driverName } = driver;
  if ('sharesLine' in driver) {
    const shared: LineDriverClass<Display, C> = {
      driverName,
      sharesLine: true,
      create: (seat, own, environment) => screen.remembered(driver.create(seat, own, environment)),
    };
    return shared;
  }
  const alone: DriverClass<Display, C> = {
    driverName,
    create: (transport, own, environment) => screen.remembered(driver.create(transport, own, environment)),
  };
  return alone;
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
      counters: () => display.counters?.() ?? {},
      dispose: () => display.dispose(),
      show,
    };
  }
}
