import { BrowserWindow, type WebContentsPrintOptions } from 'electron';
import { YichuangError } from '../../contract/errors.ts';
import type { PaperJob } from '../../contract/serviceProtocol.ts';
import type { Log } from './log.ts';
import type { PaperPages } from './paperPages.ts';

/**
 * Hands a paper to the printer of the operating system, and answers once its spooler took it. What comes out of the
 * machine then is known to nobody but the clerk. The page runs no script, has no bridge and is under the same policy and
 * the same lock as every other (lockdown.ts).
 * @throws YichuangError `paper-printer-refused` for a printer that is not there or takes nothing, `paper-print-cancelled`
 * when somebody closed the system's dialog
 */
export async function printPaper(job: PaperJob, pages: PaperPages, log: Log): Promise<void> {
  const { printer, copies, duplex } = job;
  const paper = pages.add(job);
  const window = new BrowserWindow({
    show: false,
    title: job.title,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await window.loadURL(paper.url);
    if (printer !== undefined && !(await takesJobs(window, printer))) throw refused(log, 'no such printer, or closed');
    await print(window, log, {
      silent: printer !== undefined,
      ...(printer !== undefined && { deviceName: printer }),
      copies,
      pageSize: 'A4',
      margins: { marginType: 'none' },
      printBackground: true,
      color: false,
      duplexMode: duplex ? 'longEdge' : 'simplex',
    });
  } finally {
    paper.remove();
    if (!window.isDestroyed()) window.destroy();
  }
}

/** Asked before: Chromium says that all went well when CUPS refuses the job (seen with Electron 33 and CUPS 2.4). */
async function takesJobs({ webContents }: BrowserWindow, printer: string): Promise<boolean> {
  const found = (await webContents.getPrintersAsync()).find(({ name }) => name === printer);
  const options = (found?.options ?? {}) as Readonly<Record<string, unknown>>;
  return found !== undefined && options['printer-is-accepting-jobs'] !== 'false';
}

function print({ webContents }: BrowserWindow, log: Log, options: WebContentsPrintOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    webContents.print(options, (isTaken, reason) => {
      if (isTaken) resolve();
      else if (/cancel/i.test(reason)) reject(new YichuangError('paper-print-cancelled'));
      else reject(refused(log, reason));
    });
  });
}

function refused(log: Log, reason: string): YichuangError {
  log.warn('paper not printed', { reason });
  return new YichuangError('paper-printer-refused');
}
