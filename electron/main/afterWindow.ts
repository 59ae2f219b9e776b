/**
 * What needs the schemas of contract/. It is a chunk of its own, loaded while Chromium starts the process of the first
 * page: building the schemas takes as long as opening the window does, and nobody needs one before the first call.
 */
export { acceptPaper } from './acceptPaper.ts';
export { acceptPush } from './acceptPush.ts';
export { findConfigFailure, readShortcuts } from './configFile.ts';
export { openKey } from './keyVault.ts';
export { createRpcRouter } from './rpcRouter.ts';
