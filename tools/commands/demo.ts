import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TerminalRole } from '../../contract/config.ts';
import { startDemoHall } from '../demo/demoHall.ts';
import { startDesk } from '../demo/desk.ts';
import { startDemo } from '../demo/startDemo.ts';
import { openWindow } from '../demo/window.ts';
import { PAGES_DIR, ROOT } from './installation.ts';
import { endOnSignal } from './output.ts';
import { startTerminal } from './terminal.ts';

export interface DemoCommandOptions {
  role: TerminalRole;
  ui: boolean;
  data?: string;
}

/** Somebody who works at a page that asks who is there. */
const DEMO_NUMBERS: Partial<Record<TerminalRole, string>> = { window: '1001', backoffice: '2001', supervisor: '9001' };

/** `yichuang demo`, and what `npm start` runs: everything on this machine, until the window is closed or Ctrl+C. */
export async function demo({ role, ui, data }: DemoCommandOptions): Promise<void> {
  const dir = path.resolve(data ?? path.join(ROOT, '.demo'));
  const running = await startDemo({ dir, role, furnished: true });
  const hall = existsSync(path.join(PAGES_DIR, 'index.html')) ? await startDemoHall(running, dir) : null;
  const desk = await startDesk(running, hall);
  const ends: (() => Promise<void>)[] = [desk.close, ...(hall ? [hall.stop] : []), running.stop];
  const endAll = async () => {
    for (const end of ends) await end();
  };
  endOnSignal(endAll);

  console.error(`centre        ${running.centreUrl}`);
  console.error(`data          ${dir}`);
  console.error(`desk          ${desk.url}   (visitors, cards, paper, the line: open it in a browser)`);
  if (running.officeUrl) {
    console.error(
      `back office   ${running.officeUrl}   (in any browser of this machine: 2001 / Yichuang-2001, 税务, and on to 2010)`,
    );
  }
  const number = DEMO_NUMBERS[role];
  if (number) console.error(`sign in with  ${number} / Yichuang-${number}`);

  if (ui && hasDisplay()) {
    const window = await openWindow(running.folder);
    ends.unshift(window.close);
    console.error('window        open; close it to end');
    await window.closed;
    await endAll();
    return;
  }
  const terminal = await startTerminal({
    config: running.folder.configFile,
    data: running.folder.terminalDir,
    port: 0,
    pages: path.join(ROOT, 'out/renderer'),
    demo: true,
  });
  ends.unshift(terminal.stop);
  if (ui) console.error('There is no display here, so the same pages are served to a browser of this machine:');
  console.error(`page          ${terminal.pageUrl}`);
  console.error('              (the address lets one browser in, once; Ctrl+C ends)');
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
