import type { Life } from '../engine/scope.ts';
import type { WireRequest } from '../engine/wire/wire.ts';
import type { Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';

type Watched = Pick<Surroundings, 'trace' | 'fail'> & { terminals: readonly Terminal[] };

/** Between the look at what waits and the first byte of an image, at most. */
const SAVED_MEANWHILE_MS = 20;

/** Looks at every request about an image: none passes a record of its own machine, and some go on where one broke off. */
export function watchImages(world: Watched): (life: Life, request: WireRequest) => void {
  const before = new Map<string, string>();
  return (life, { method, path, headers }) => {
    const terminal = world.terminals.find((each) => each.life === life);
    if (!terminal?.running) return;
    const upload = `${terminal.name} ${path}`;
    const offset = Number(headers['Upload-Offset'] ?? 0);
    if (method === 'PATCH' && offset > 0 && before.get(upload) === 'HEAD') world.trace.count('image transfer resumed');
    if (headers.range !== undefined) world.trace.count('image download resumed');
    before.set(upload, method);
    if (method === 'GET') return;
    const { waitingOps, oldestWaiting } = terminal.running.store.delivery.counts();
    // What was saved since somebody looked does not call back what is on its way.
    const sinceMs = Math.abs(terminal.now() - Date.parse(oldestWaiting ?? ''));
    if (waitingOps > 0 && sinceMs > SAVED_MEANWHILE_MS)
      world.fail(`${terminal.name} sends an image while ${waitingOps} records wait`);
  };
}
