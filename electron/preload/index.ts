import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, EVENT_CHANNEL, RPC_CHANNEL } from '../../contract/bridge.ts';
import { ERRORS } from '../../contract/errors.ts';

/** The page sees two functions of ours and nothing of Electron's; every decision is taken in the main process. */
const bridge: Bridge = {
  async call(method, params) {
    try {
      return await ipcRenderer.invoke(RPC_CHANNEL, method, params);
    } catch {
      // What was sent cannot be copied, or the main process is on its way out. Its text would carry a stack.
      return { ok: false, code: 'internal', message: ERRORS.internal, details: null };
    }
  },
  onEvent(listener) {
    const receive = (_event: unknown, event: string, payload: unknown): void => listener(event, payload);
    ipcRenderer.on(EVENT_CHANNEL, receive);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, receive);
    };
  },
};

contextBridge.exposeInMainWorld('yichuang', bridge);
