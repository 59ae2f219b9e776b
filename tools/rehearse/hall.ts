import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import { COMMAND } from '../commands/installation.ts';

import { startReadyProcess } from '../demo/readyProcess.ts';
import { findStablePort } from '../demo/stablePort.ts';

/** One machine of the rehearsed hall: a process of its own, spoken to as its page would. */
export interface Machine {
  id: string;
  /** Another one after the machine was killed and started again. */
  client: RpcClient;
  dataDir: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Starts the process again on the same data, and signs its clerk in. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface RehearsalHall {
  windows: Machine[];
  kiosks: Machine[];
  screens: Machine[];
  centreDir: string;
  /** SIGKILL: as if somebody pulled the plug of the hub. */
  killHub(): Promise<void>;
  startHub(): Promise<void>;
  stop(): Promise<void>;
}

export const HALL = 'main';
/** No lunch: a rehearsal may begin late on a busy machine. */
const HOURS = '08:30-18:30';
/** Nobody of the rehearsal leaves a desk. */
const SETTINGS = { hours: { usual: [HOURS] }, lockAfterMinutes: 120, reloginAfterMinutes: 480 };
/** Of everybody in the rehearsal: one clerk for each window, one guide for each kiosk. */
const PASSWORD = 'Yichuang-rehearsal';
const clerkOf = (window: number): string => String(3001 + window);
const guideOf = (kiosk: number): string => String(4001 + kiosk);

export interface HallSize {
  windows: number;
  kiosks: number;
  screens: number;
}

/**
 * Starts a hub, its kiosks, windows and screens, each as a process of its own, and signs the clerks in.
 * @param dir an empty folder
 * @throws Error when one of them ends before it is ready
 */
export async function openRehearsalHall(
  dir: string,
  { windows, kiosks, screens }: HallSize,
  onLog: (line: string) => void,
): Promise<RehearsalHall> {
  const centreDir = path.join(dir, 'centre');
  mkdirSync(centreDir, { recursive: true, mode: 0o700 });
  const port = await findStablePort();
  for (let window = 0; window < windows; window++) {
    const person = { number: clerkOf(window), name: `演练窗口${window + 1}`, roles: ['WIN' as const] };
    await upsertStaffOffline(centreDir, { ...person, password: PASSWORD });
  }
  for (let kiosk = 0; kiosk < kiosks; kiosk++) {
    const person = { number: guideOf(kiosk), name: `演练导办${kiosk + 1}`, roles: ['GUIDE' as const, 'PRE' as const] };
    await upsertStaffOffline(centreDir, { ...person, password: PASSWORD });
  }
  let hub = await startHub(centreDir, port, onLog);
  const url = `http://127.0.0.1:${port}`;
  const printers: EscposSimulator[] = [];

  const open = async (
    id: string,
    role: string,
    floor: number,
    person: string | null,
    devices = {},
  ): Promise<Machine> => {
    const dataDir = path.join(dir, id);
    const config = path.join(dir, `${id}.json`);
    const code = await createEnrolmentCodeOffline(centreDir, { terminal: id, ttlMinutes: 31 * 24 * 60 });
    const terminal = { id, role, hall: HALL, floor };
    writeFileSync(config, JSON.stringify({ terminal, hub: { url, enrolmentCode: code }, devices, ...SETTINGS }));
    const start = async () => {
      const args = [COMMAND, 'terminal', '--config', config, '--data', dataDir, '--headless'];
      const { ready, child, stop } = await startReadyProcess<{ rpc: string; token: string }>(args, onLog);
      const client = await RpcClient.connect(ready.rpc, ready.token);
      if (person !== null) await client.signIn(person, PASSWORD);
      return { client, child, stop };
    };
    let running = await start();
    return {
      id,
      dataDir,
      get client() {
        return running.client;
      },
      kill: async () => {
        running.child.kill('SIGKILL');
        await running.stop();
      },
      restart: async () => {
        running = await start();
      },
      stop: async () => {
        running.client.close();
        await running.stop();
      },
    };
  };

  const range = (count: number) => Array.from({ length: count }, (_, index) => index);
  const two = (index: number) => String(index + 1).padStart(2, '0');
  const openWindows: Machine[] = [];
  for (const [index, number] of windowNumbers(windows).entries()) {
    openWindows.push(await open(`W${two(number - 1)}`, 'window', number < 9 ? 2 : 3, clerkOf(index)));
  }
  const openKiosks: Machine[] = [];
  for (const index of range(kiosks)) {
    const printer = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
    printers.push(printer);
    const devices = { ticketPrinter: { driver: 'escpos', port: printer.port } };
    openKiosks.push(await open(`K${two(index)}`, 'prereview', 1, guideOf(index), devices));
  }
  const openScreens: Machine[] = [];
  for (const index of range(screens)) openScreens.push(await open(`S${two(index)}`, 'screen', 2 + index, null));

  return {
    windows: openWindows,
    kiosks: openKiosks,
    screens: openScreens,
    centreDir,
    killHub: async () => {
      hub.child.kill('SIGKILL');
      await hub.stop();
    },
    startHub: async () => {
      hub = await startHub(centreDir, port, onLog);
    },
    stop: async () => {
      await Promise.all([...openWindows, ...openKiosks, ...openScreens].map((machine) => machine.stop()));
      await hub.stop();
      await Promise.all(printers.map((printer) => printer.close()));
    },
  };
}

/** Of both floors alike, as the plan of the hall has them: 1, 9, 2, 10 … */
function windowNumbers(count: number): number[] {
  const floors = [2, 3].map((floor) => DEFAULT_PLAN.windows.filter((window) => window.floor === floor));
  const longest = Math.max(...floors.map((windows) => windows.length));
  return Array.from({ length: longest }, (_, at) => floors.flatMap((windows) => windows[at]?.number ?? []))
    .flat()
    .slice(0, count);
}

function startHub(dataDir: string, port: number, onLog: (line: string) => void) {
  return startReadyProcess<{ url: string }>(
    [COMMAND, 'centre', '--data', dataDir, '--port', String(port), '--hours', HOURS],
    onLog,
  );
}
