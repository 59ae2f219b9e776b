import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { TerminalRole } from '../../contract/config.ts';
import { type Hub, startFrontDesk, startHub } from '../fixtures/queueTerminals.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import type { HallAnswer, HallOrder, Pressed } from './hallProcess.ts';
import { LightWindow } from './lightWindow.ts';

/** One child that carries out one order after the other. */
class HallProcess {
  readonly #child: ChildProcess = fork(path.join(import.meta.dirname, 'hallProcess.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });

  get cpu(): number {
    return cpuSeconds(this.#child.pid);
  }

  ask(order: HallOrder): Promise<HallAnswer> {
    return new Promise((resolve, reject) => {
      const gone = (): void => reject(new Error('a process of the bench ended'));
      this.#child.once('exit', gone);
      this.#child.once('message', (message: { answer?: HallAnswer; error?: string }) => {
        this.#child.off('exit', gone);
        if (message.answer) resolve(message.answer);
        else reject(new Error(message.error));
      });
      this.#child.send(order);
    });
  }

  async stop(): Promise<void> {
    await this.ask({ kind: 'stop' }).catch(() => {});
    this.#child.disconnect();
  }
}

export interface BenchHall {
  hub: Hub;
  take: Awaited<ReturnType<typeof startFrontDesk>>['take'];
  tvPort: number;
  /** Every window at once. */
  press(): Promise<Pressed[]>;
  finish(): Promise<void>;
  /** Processor seconds so far: of the hub, of the screen machine, of all windows together. */
  cpu(): Record<'hub' | 'screen' | 'windows', number>;
  stop(): Promise<void>;
}

/**
 * A hub in a process of its own, the real services of these windows in several, and that of one screen machine in one more.
 * @param screen configuration of the screen machine
 * @param isLight windows that only ask and pull (lightWindow.ts), in this process
 */
export async function startBenchHall(
  groups: readonly (readonly string[])[],
  screen: object,
  isLight = false,
): Promise<BenchHall> {
  const hub = await startHub(groups.flat());
  const { take } = await startFrontDesk(hub);
  const start = async (ids: readonly string[], role: TerminalRole, config: object) => {
    const child = new HallProcess();
    const terminals = await Promise.all(ids.map(async (id) => ({ id, role, config, code: await hub.code(id) })));
    const { tvPort } = await child.ask({ kind: 'start', url: hub.url, terminals });
    return { child, tvPort };
  };
  const wall = await start(['S02'], 'screen', screen);
  const windows = isLight ? [] : await Promise.all(groups.map((ids) => start(ids, 'window', {})));
  const light = isLight ? await Promise.all(groups.flat().map((id) => LightWindow.open(hub, id))) : [];
  return {
    hub,
    take,
    tvPort: wall.tvPort,
    press: async () => {
      const all = [
        ...windows.map(async ({ child }) => (await child.ask({ kind: 'press' })).pressed),
        ...light.map(async (window) => [await window.press()]),
      ];
      return (await Promise.all(all)).flat();
    },
    finish: async () => {
      await Promise.all([
        ...windows.map(({ child }) => child.ask({ kind: 'finish' })),
        ...light.map((window) => window.finish()),
      ]);
    },
    cpu: () => ({
      hub: cpuSeconds(hub.pid),
      screen: wall.child.cpu,
      windows: windows.reduce((sum, { child }) => sum + child.cpu, 0),
    }),
    stop: async () => {
      for (const window of light) window.close();
      await Promise.all([wall, ...windows].map(({ child }) => child.stop()));
      await hub.dispose();
    },
  };
}
