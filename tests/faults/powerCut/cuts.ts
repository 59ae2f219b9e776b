import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { randomFrom } from '../../../tools/day/random.ts';
import { type Cut, Disk } from './disk.ts';
import type { Deed } from './recording.ts';

/** One power cut: what it left, and what the program had told somebody before. */
export interface Image {
  /** Repeats it, with the same recording. */
  name: string;
  dir: string;
  promised: ReadonlySet<string>;
}

const WAYS: readonly Cut[] = ['torn', 'torn', 'torn', 'nothing-kept', 'all-kept'];

/**
 * Cuts the power at `count` moments of a recording, spread over all of it, and hands each image to `look`, one at a time.
 * @param top the recorded folder
 * @param room where the images lie, each only as long as it is looked at
 * @param promise finds in what was said what is kept from then on; a group names it
 * @returns everything that was promised in all of the recording
 */
export async function cutPower(
  { deeds, top, room, promise }: { deeds: readonly Deed[]; top: string; room: string; promise: RegExp },
  { count, seed }: { count: number; seed: number },
  look: (image: Image) => Promise<void> | void,
): Promise<ReadonlySet<string>> {
  const random = randomFrom(seed);
  const said = deeds.flatMap(({ kind }, index) => (kind === 'said' ? [] : [index]));
  const moments = Array.from(
    { length: count },
    (_, nth) => said[Math.floor(((nth + random()) / count) * said.length)] ?? 0,
  );
  const disk = new Disk(top);
  const promised = new Promises(promise);
  let next = 0;
  for (const [index, deed] of deeds.entries()) {
    for (; moments[next] === index; next += 1) {
      const cut = WAYS[next % WAYS.length] ?? 'torn';
      const dir = mkdtempSync(path.join(room, 'image-'));
      try {
        disk.writeImage(dir, cut, random);
        await look({ name: `seed ${seed}, cut ${next} of ${count}, ${cut}`, dir, promised: promised.kept });
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    }
    if (deed.kind === 'said') promised.hear(deed);
    else disk.do(deed);
  }
  return promised.kept;
}

/** Writes what lies on the disk at the end, the cache included, to compare with what really does. */
export function writeWhole(deeds: readonly Deed[], top: string, dir: string): void {
  const disk = new Disk(top);
  for (const deed of deeds) disk.do(deed);
  disk.writeImage(dir, 'all-kept', () => 0);
}

/** An answer may leave in pieces. */
const TAIL_CHARS = 4096;

class Promises {
  readonly kept = new Set<string>();
  readonly #pattern: RegExp;
  readonly #tails = new Map<number, string>();

  constructor(pattern: RegExp) {
    this.#pattern = new RegExp(pattern, `g${pattern.flags}`);
  }

  hear({ inode: socket, data }: Deed): void {
    const text = (this.#tails.get(socket) ?? '') + data.toString('latin1');
    for (const [, ...groups] of text.matchAll(this.#pattern)) {
      const name = groups.find((group) => group !== undefined);
      if (name !== undefined) this.kept.add(name);
    }
    this.#tails.set(socket, text.slice(-TAIL_CHARS));
  }
}
