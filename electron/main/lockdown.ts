import { type App, type Session, type WebContents, webContents } from 'electron';
import type { TerminalRole } from '../../contract/roles.ts';
import { mayUseCamera } from './camera.ts';
import { isStartUrl } from './pageFiles.ts';

/** Addresses a page may load at all; every other request dies before it leaves. DevTools exist in development only. */
const LOCAL_SCHEMES = new Set(['app:', 'data:', 'blob:', 'devtools:']);

/**
 * Switches for Chromium: no name is ever resolved, so neither a prefetch nor WebRTC finds a way out that the request
 * filter does not see. All network is done by the service.
 */
export function closeNetwork(app: App): void {
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
}

/**
 * Denies what Electron grants by default: permissions, devices, downloads, requests to anywhere. What is left is the
 * document camera (camera.ts).
 * @param roleOf role of the window with these contents; null for contents that are no window of ours
 */
export function lockSession(session: Session, roleOf: (contentsId: number) => TerminalRole | null): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const { requestingUrl: origin, isMainFrame } = details;
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    callback(mayUseCamera({ permission, origin, isMainFrame, media }, roleOf(contents.id)));
  });
  session.setPermissionCheckHandler((contents, permission, origin, { isMainFrame, mediaType }) => {
    const media = mediaType === undefined ? [] : [mediaType];
    return mayUseCamera({ permission, origin, isMainFrame, media }, contents && roleOf(contents.id));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocal(details.url) }));
}

/** For every page of the program, present and future: it stays where it is and opens nothing. */
export function lockContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => lock(contents));
  for (const contents of webContents.getAllWebContents()) lock(contents);
}

function lock(contents: WebContents): void {
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isStartUrl(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && LOCAL_SCHEMES.has(new URL(url).protocol);
}
