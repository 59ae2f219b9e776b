import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import type { TerminalRole } from '../../contract/config.ts';
import type { OpeningHoursText } from '../../domain/clock/openingHours.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { type SamSimulator, startSamSimulator } from '../../native/simulator/sam-ga450/simulator.ts';
import { PAGES_DIR } from '../commands/installation.ts';
import { type CentreProcess, startCentreProcess } from './centreProcess.ts';
import { type DemoFolder, openDemoFolder } from './demoFolder.ts';
import { type Furniture, furnish } from './furnish.ts';
import { startGatewayProcess } from './gatewayProcess.ts';

/** A kiosk has a name of its own: its numbers without a hub depend on it (domain.md §6.1). */
const TERMINALS: Partial<Record<TerminalRole, string>> = { prereview: 'K01' };
const WINDOW = 'W07';
/** Pace of the simulated lines: what a real reader and a real printer would take. */
const READER_BAUD = 115_200;
const PRINTER_BAUD = 115_200;

export interface DemoOptions {
  dir: string;
  role: TerminalRole;
  /** Every kind of device at the window, not only a reader and a ticket printer. */
  furnished?: boolean;
  /** Ports of the simulated devices; free TCP ports unless a test brings its own serial lines. */
  readerPorts?: { simulator: string; terminal: string };
  printerPorts?: { simulator: string; terminal: string };
  /** When the hall is open, at the window and in the back office alike; the usual hours when left out. */
  hours?: OpeningHoursText;
  /** Pace of the reader's line. */
  readerBaud?: number;
  onReaderExchange?: (line: string) => void;
  onLog?: (line: string) => void;
}

export interface Demo {
  folder: DemoFolder;
  /** Number of the demonstrated window. */
  window: number;
  reader: SamSimulator;
  printer: EscposSimulator;
  furniture: Furniture | null;
  centreUrl: string;
  /** The back office for browsers; null in a checkout whose pages are not built. */
  officeUrl: string | null;
  /** The simulated payment channel. */
  gatewayUrl: string;
  /** Of the centre's process; 0 while it is switched off. */
  centrePid(): number;
  /** False while the centre is switched off. */
  isCentreUp(): boolean;
  setCentre(up: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A centre in its own process, a card reader and a ticket printer, and the configuration of a terminal that uses them. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { dir, role, onLog = () => {} } = options;
  const terminal = TERMINALS[role] ?? WINDOW;
  const settings = options.hours === undefined ? {} : { hours: options.hours };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [folder, gateway] = await Promise.all([
    openDemoFolder(dir),
    startGatewayProcess(path.join(dir, 'gateway.key')),
  ]);
  const reader = await startSamSimulator({
    port: options.readerPorts?.simulator ?? 'tcp://127.0.0.1:0',
    baudRate: options.readerBaud ?? READER_BAUD,
    onExchange: options.onReaderExchange,
  });
  const printer = await startEscposSimulator({
    port: options.printerPorts?.simulator ?? 'tcp://127.0.0.1:0',
    baudRate: PRINTER_BAUD,
    saveDir: folder.slipsDir,
  });
  const furniture = options.furnished ? await furnish(dir, terminal) : null;
  // Without built pages, as in a test of a bare checkout, there is nothing to serve to a browser.
  const officePort = existsSync(path.join(PAGES_DIR, 'index.html')) ? folder.officePort : null;
  const officeConfig = path.join(dir, 'office.jsonc');
  writeFileSync(officeConfig, JSON.stringify(settings), { mode: 0o600 });
  const office = officePort === null ? null : { port: officePort, config: officeConfig };
  const start = () => startCentreProcess(folder.centreDir, folder.centrePort, office, gateway, onLog);
  let centre: CentreProcess | null = await start();
  const { url: centreUrl, officeUrl } = centre;
  const enrolmentCode = await createEnrolmentCodeOffline(folder.centreDir, { terminal });
  const config = {
    ...settings,
    terminal: { id: terminal, role, hall: 'main', floor: 2 },
    hub: { url: centreUrl, enrolmentCode },
    devices: {
      idReader: { driver: 'sam-ga450', port: options.readerPorts?.terminal ?? reader.port },
      ticketPrinter: { driver: 'escpos', port: options.printerPorts?.terminal ?? printer.port, baudRate: PRINTER_BAUD },
      ...furniture?.devices,
    },
  };
  writeFileSync(
    folder.configFile,
    `// Written by the demonstration; made anew at every start.\n${JSON.stringify(config, null, 2)}\n`,
    { mode: 0o600 },
  );

  return {
    folder,
    window: Number(WINDOW.slice(1)),
    reader,
    printer,
    furniture,
    centreUrl,
    officeUrl,
    gatewayUrl: gateway.url,
    centrePid: () => centre?.child.pid ?? 0,
    isCentreUp: () => centre !== null,
    async setCentre(up) {
      if (up && !centre) {
        centre = await start();
      } else if (!up && centre) {
        const stopping = centre;
        centre = null;
        await stopping.stop();
      }
    },
    async stop() {
      await Promise.all([centre?.stop(), gateway.stop(), reader.close(), printer.close(), furniture?.close()]);
    },
  };
}
