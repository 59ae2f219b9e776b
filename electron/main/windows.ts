import { BrowserWindow, type Display, screen } from 'electron';
import type { SecondFace } from '../../contract/config/screen.ts';
import type { TerminalRole } from '../../contract/config.ts';
import { fitBounds, readBounds, writeBounds } from './bounds.ts';

/** faces.md, "ground" and the dark wall of a calling screen: no white flash before the first paint. */
const BACKGROUND: Readonly<Record<TerminalRole | SecondFace, string>> = {
  citizen: '#f5f6f7',
  window: '#f5f6f7',
  prereview: '#f5f6f7',
  screen: '#0f1b2d',
  supervisor: '#f5f6f7',
  backoffice: '#f5f6f7',
};

/** Faces that fill their display; nobody arranges windows there. */
const FULL_SCREEN: ReadonlySet<TerminalRole> = new Set(['prereview', 'screen']);

export interface WindowOptions {
  role: TerminalRole;
  /** The display it fills, in a row of windows of one program; absent: where it was before, or the main one. */
  display?: Display | undefined;
  /** What a page on a display of its own shows. */
  face?: SecondFace | undefined;
  preload: string;
  /** Where position and size are kept. */
  boundsFile: string;
  devTools: boolean;
}

/** The window of a role, hidden until its first page is painted. */
export function openWindow({ role, display, face, preload, boundsFile, devTools }: WindowOptions): BrowserWindow {
  const fullscreen = FULL_SCREEN.has(role);
  const home = display?.bounds ?? screen.getPrimaryDisplay().workArea;
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const remembered = fullscreen ? null : readBounds(boundsFile);
  const window = new BrowserWindow({
    ...(remembered ? fitBounds(remembered, areas, home) : home),
    // A display in front of a citizen may be small or stand upright.
    ...(!fullscreen && { minWidth: 1024, minHeight: 700 }),
    fullscreen,
    kiosk: role === 'screen',
    frame: !fullscreen,
    ...(display && { focusable: false, skipTaskbar: true }),
    show: false,
    title: '一窗',
    backgroundColor: BACKGROUND[face ?? role],
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools,
    },
  });
  window.once('ready-to-show', () => {
    if (remembered?.maximized) window.maximize();
    // On a display of its own it takes the keys from nobody.
    if (display) window.showInactive();
    else window.show();
  });
  if (!fullscreen) {
    window.on('close', () => writeBounds(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  }
  return window;
}
