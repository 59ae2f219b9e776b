import { LACKING_MAX, LACKING_PATH, lackingAnswer } from '../contract/lackingImages.ts';
import type { Store } from '../db/store.ts';
import { secureFetch, type TlsMaterial } from '../link/secureFetch.ts';

const DEADLINE_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;
/** Nobody puts back an older copy of a centre than this without looking for what it lacks himself. */
const ASKED_DAYS = 14;

/**
 * A centre that was put back on a new disk lacks images it once had, and the record of them comes again without them: what it
 * acknowledged lately is asked for once more, and counts as not sent where it is not there.
 * @returns how many those are
 * @throws Error when nobody answers; a centre that does not know the question lacks nothing
 */
export async function findLackingImages(
  store: Store,
  line: { url(): string; tls?: TlsMaterial | undefined },
  token: string,
  { now, stop }: { now: number; stop: AbortSignal },
): Promise<number> {
  const since = new Date(now - ASKED_DAYS * DAY_MS).toISOString();
  const known = store.scans.imagesAtCentre(since);
  const send = line.tls ? secureFetch(line.tls) : fetch;
  let lacks = 0;
  for (let at = 0; at < known.length; at += LACKING_MAX) {
    const response = await send(`${line.url().replace(/\/+$/, '')}${LACKING_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sha256: known.slice(at, at + LACKING_MAX) }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (response.status === 404) return 0;
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { lacking } = lackingAnswer.parse(await response.json());
    // What is not here any more cannot be sent.
    for (const sha256 of lacking.filter((each) => store.blobs.has(each))) {
      store.scans.forgetAtCentre(sha256);
      lacks += 1;
    }
  }
  return lacks;
}
