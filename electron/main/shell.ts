import path from 'node:path';
import {
  app,
  type BrowserWindow,
  type Display,
  globalShortcut,
  ipcMain,
  Menu,
  powerSaveBlocker,
  screen,
  session,
} from 'electron';
import { EVENT_CHANNEL, RPC_CHANNEL } from '../../contract/bridge.ts';
import type { SecondFace } from '../../contract/config/screen.ts';
import type { TerminalRole } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { CitizenFace } from '../../contract/outOfService.ts';
import type { PaperJob, ServicePush } from '../../contract/serviceProtocol.ts';
import { Connections } from './connections.ts';
import type { Failure } from './failure.ts';
import { FailurePage } from './failurePage.ts';
import type { Folders } from './folders.ts';
import type { Installation } from './installation.ts';
import { lockContents, lockSession } from './lockdown.ts';
import type { Log } from './log.ts';
import { startUrl } from './pageFiles.ts';
import { PaperPages } from './paperPages.ts';
import { printPaper } from './paperPrinter.ts';
import { watchPower } from './power.ts';
import { serveApp } from './protocol.ts';
import { recoverPage } from './recovery.ts';
import type { RpcRouter, RpcRouterOptions } from './rpcRouter.ts';
import { displayOf, type SecondScreen } from './secondScreen.ts';
import type { ServiceHost } from './serviceHost.ts';
import { needsWindow, Shortcuts } from './shortcuts.ts';
import { openWindow } from './windows.ts';

const CRASHING: Failure = {
  heading: '页面反复出错，已停止重试',
  lines: ['已保存的内容不受影响。请点「重新打开」；仍不行请重新启动本机并联系管理员。'],
  code: 'page-crashed',
  retry: true,
};

export interface ShellOptions {
  role: TerminalRole;
  /** What another display shows beside this page; null: none. */
  secondScreen: SecondScreen | null;
  folders: Folders;
  installation: Installation;
  log: Log;
  /** Null when there is no configuration to run it with. */
  service: ServiceHost | null;
  /** Content of the configuration file; null when it cannot be read. */
  configText: string | null;
}

/** The windows of this terminal and what passes between them and the service. Made after `ready`. */
export class Shell {
  readonly #options: ShellOptions;
  readonly #failurePage = new FailurePage();
  readonly #paperPages = new PaperPages();
  readonly #windows = new Map<number, { window: BrowserWindow; role: TerminalRole }>();
  /** The calling screen or the citizen's page, on a display of its own. */
  #second: { window: BrowserWindow; display: number } | null = null;
  #failure: Failure | null = null;
  readonly #connections: Connections;
  /** Null: not at a window. */
  readonly #shortcuts: Shortcuts | null;

  constructor(options: ShellOptions) {
    this.#options = options;
    const { service } = options;
    this.#shortcuts = options.role === 'window' ? this.#prepareShortcuts(options.configText ?? '') : null;
    this.#connections = new Connections((connection) => {
      this.#shortcuts?.release(connection);
      service?.connectionClosed(connection);
    });
    Menu.setApplicationMenu(null);
    lockContents(app);
    const roleOf = (contentsId: number): TerminalRole | null => this.#windows.get(contentsId)?.role ?? null;
    lockSession(session.defaultSession, roleOf);
    serveApp(session.defaultSession, options.installation.renderer, [this.#failurePage, this.#paperPages]);
    const routing: RpcRouterOptions = {
      roleOf,
      connectionOf: (contentsId) => this.#connections.of(contentsId),
      callService: (request, deadlineMs) =>
        service?.call(request, deadlineMs) ?? Promise.reject(new YichuangError('service-restarting')),
    };
    let router: RpcRouter | null = null;
    ipcMain.handle(RPC_CHANNEL, async (event, method, params) => {
      router ??= (await import('./afterWindow.ts')).createRpcRouter(routing);
      const answer = await router(event, method, params);
      if (answer.ok) void this.#shortcuts?.noteAnswer(this.#connections.of(event.sender.id), method, answer);
      return answer;
    });
    app.on('will-quit', () => this.#shortcuts?.release());
    watchPower((state) => {
      options.log.info('power', { state });
      service?.powerChanged(state);
    });
  }

  open(): void {
    this.#load(this.#openFirst(), startUrl(faceOf(this.#options.role)));
  }

  /** Shows why the terminal cannot work, in the windows that are open or in new ones. */
  fail(failure: Failure): void {
    const { log, role, secondScreen } = this.#options;
    log.error('cannot work', { code: failure.code });
    this.#failure = failure;
    const second = this.#second?.window ?? null;
    const opened = [...this.#windows.values()].find(({ window }) => window !== second)?.window;
    this.#load(opened ?? this.#openFirst(), this.#failurePage.set(failure, faceOf(role)));
    // Who sits before the other display is told where to go.
    if (second && secondScreen) this.#load(second, this.#failurePage.set(failure, secondScreen.shows));
  }

  focus(): void {
    const [opened] = this.#windows.values();
    if (!opened) return;
    const { window } = opened;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** The program is about to end: whoever is signed in on one of its pages is not any more. */
  leavePages(): void {
    this.#connections.endAll();
  }

  /** To one page, or to all of them. A page that has gone meanwhile misses nothing. */
  push({ connection, event, payload }: ServicePush): void {
    if (event === 'session.ended' && connection !== null) this.#shortcuts?.release(connection);
    const only = connection === null ? null : this.#connections.contentsOf(connection);
    for (const [contentsId, { window }] of this.#windows) {
      if (connection === null || contentsId === only) window.webContents.send(EVENT_CHANNEL, event, payload);
    }
  }

  /** @throws YichuangError `paper-printer-refused`, `paper-print-cancelled` */
  printPaper(job: PaperJob): Promise<void> {
    return printPaper(job, this.#paperPages, this.#options.log);
  }

  #openFirst(): BrowserWindow {
    const first = this.#open(this.#options.role);
    if (this.#options.secondScreen === null) return first;
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed'] as const)
      screen.on(event as 'display-added', () => this.#placeSecond());
    // The desk first: with two cores the wall would make it wait.
    first.once('show', () => this.#placeSecond());
    // Whoever closes the desk closes the program; the wall is no window to leave behind.
    first.on('closed', () => this.#closeSecond());
    return first;
  }

  /** Opens the second page where its display is connected, moves it with the display, closes it without. */
  #placeSecond(): void {
    const { secondScreen, log } = this.#options;
    if (secondScreen === null || this.#windows.size === 0) return;
    const display = displayOf(secondScreen.display, screen.getAllDisplays(), screen.getPrimaryDisplay().id);
    if (!display) {
      log.warn('no such display for the second page', { display: secondScreen.display });
      this.#closeSecond();
    } else if (this.#second?.display === display.id) {
      this.#second.window.setBounds(display.bounds);
    } else {
      this.#closeSecond();
      const window = this.#open('screen', { display, face: secondScreen.shows });
      this.#second = { window, display: display.id };
      const { shows } = secondScreen;
      this.#load(window, this.#failure ? this.#failurePage.set(this.#failure, shows) : startUrl(shows));
    }
  }

  #closeSecond(): void {
    const second = this.#second;
    this.#second = null;
    if (second && !second.window.isDestroyed()) second.window.destroy();
  }

  #prepareShortcuts(configText: string): Shortcuts {
    return new Shortcuts({
      grabber: globalShortcut,
      config: async () => (await import('./afterWindow.ts')).readShortcuts(configText),
      pressed: (verb) => {
        if (needsWindow(verb)) this.focus();
        this.push({ connection: null, event: 'shortcut.pressed', payload: { verb } });
      },
      state: (taken) => {
        if (taken.length > 0) this.#options.log.warn('shortcuts taken by another program', { taken });
        this.push({ connection: null, event: 'shortcut.state', payload: { taken } });
      },
    });
  }

  #open(role: TerminalRole, second?: { display: Display; face: SecondFace }): BrowserWindow {
    const { folders, installation, log } = this.#options;
    const window = openWindow({
      role,
      ...second,
      preload: installation.preload,
      boundsFile: path.join(folders.shell, `window-${role}.json`),
      devTools: !app.isPackaged,
    });
    const contents = window.webContents;
    const contentsId = contents.id;
    this.#windows.set(contentsId, { window, role });
    // A wall that goes dark calls nobody.
    const wake = role === 'screen' ? powerSaveBlocker.start('prevent-display-sleep') : null;
    const ended = (): void => this.#connections.end(contentsId);
    contents.on('did-navigate', ended);
    contents.on('render-process-gone', ended);
    window.on('closed', () => {
      this.#windows.delete(contentsId);
      if (wake !== null) powerSaveBlocker.stop(wake);
      ended();
    });
    const face = second?.face ?? faceOf(role);
    recoverPage(window, { start: startUrl(face), failure: () => this.#failurePage.set(CRASHING, face) }, log);
    return window;
  }

  #load(window: BrowserWindow, url: string): void {
    window
      .loadURL(url)
      .catch((error: unknown) => this.#options.log.error('page not loaded', { url, error: `${error}` }));
  }
}

/** Whose eyes the page of a role is for; null: staff alone. */
function faceOf(role: TerminalRole): CitizenFace | null {
  return role === 'prereview' || role === 'screen' ? role : null;
}
