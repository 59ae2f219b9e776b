import type { RpcAnswer } from './rpc.ts';

/** What the preload script puts on `window.yichuang`: functions only, never Electron's own objects. */
export interface Bridge {
  call(method: string, params: unknown): Promise<RpcAnswer>;
  /** @returns a function that ends the subscription */
  onEvent(listener: (event: string, payload: unknown) => void): () => void;
}

/** The single channel from page to main process, and the one back. */
export const RPC_CHANNEL = 'rpc';
export const EVENT_CHANNEL = 'event';

/** Origin of the pages inside Electron. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'yichuang';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
