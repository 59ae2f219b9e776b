/// <reference types="vite/client" />

interface Window {
  /** Present inside Electron only (contract/bridge.ts); pages of the loopback server use WebSocket. */
  readonly yichuang?: import('../contract/bridge.ts').Bridge;
}
