import { LACKING_PATH } from '../../../contract/lackingImages.ts';
import type { Life } from '../engine/scope.ts';
import type { WireRequest } from '../engine/wire/wire.ts';
import type { Surroundings } from './surroundings.ts';
import type { Terminal } from './terminal.ts';

type Watched = Pick<Surroundings, 'trace' | 'fail'> & { terminals: readonly Terminal[] };

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
    // Somebody waits for a page to look at; and a question what the centre lacks is short.
    if (method === 'GET' || path.startsWith(LACKING_PATH)) return;
    const { waitingOps } = terminal.running.store.delivery.counts();
    if (waitingOps > 0) world.fail(`${terminal.name} sends an image while ${waitingOps} records wait`);
  };
}
