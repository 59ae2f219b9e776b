import { createBridgeClient } from './bridgeTransport.ts';
import type { RpcClient } from './client.ts';
import { createSocketClient } from './socketTransport.ts';

/** Inside Electron the bridge is there; a page of the loopback server speaks WebSocket to where it came from. */
export function connectToService(): RpcClient {
  if (window.yichuang) return createBridgeClient(window.yichuang);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return createSocketClient({
    url: `${scheme}://${location.host}/rpc`,
    token: tokenFromHash(location.hash),
    page: createPageSecret(),
  });
}

/** Inside Electron the machine prints papers by itself; a browser opens them. */
export function isInsideShell(): boolean {
  return window.yichuang !== undefined;
}

/** In the memory of this page only: a reload or a second tab is another page. */
function createPageSecret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `#token=…`: in the fragment, so that it is never sent to a server or written to its log. */
export function tokenFromHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token');
}
