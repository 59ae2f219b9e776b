import { resolveElectron } from '../electron/resolve.ts';

/** Brings an Electron runtime and says which one the tests below are run in. */

const runtime = await resolveElectron();
process.stdout.write(`${JSON.stringify(runtime)}\n`);
