import type { Figure } from '../../tests/bench/figures.ts';
import { printLine } from './output.ts';

const BENCHES: Record<string, () => Promise<Figure[]>> = {
  drain: async () => (await import('../../tests/bench/drain.ts')).benchDrain(),
  live: async () => (await import('../../tests/bench/live.ts')).benchLive(),
  reopen: async () => (await import('../../tests/bench/reopen.ts')).benchReopen(),
  save: async () => (await import('../../tests/bench/save.ts')).benchSave(),
  reader: async () => (await import('../../tests/bench/reader.ts')).benchReader(),
  store: async () => (await import('../../tests/bench/store.ts')).benchStore(),
  push: async () => (await import('../../tests/bench/push.ts')).benchPush(),
  search: async () => (await import('../../tests/bench/search.ts')).benchSearch(),
  parsers: async () => (await import('../../tests/bench/parsers.ts')).benchParsers(),
  print: async () => (await import('../../tests/bench/print.ts')).benchPrint(),
  start: async () => (await import('../../tests/bench/start.ts')).benchStart(),
  call: async () => (await import('../../tests/bench/call.ts')).benchCall(),
  screens: async () => (await import('../../tests/bench/screens.ts')).benchScreens(),
  memory: async () => (await import('../../tests/bench/memory.ts')).benchMemory(),
};

/** `yichuang bench NAME`: one JSON line for each figure. */
export async function bench(name: string): Promise<void> {
  const run = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!run) throw new Error(`unknown bench; there are ${Object.keys(BENCHES).join(', ')}`);
  for (const line of await run()) printLine(line);
}
