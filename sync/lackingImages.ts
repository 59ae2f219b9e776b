import { LACKING_MAX, LACKING_PATH, lackingAnswer } from '../contract/lackingImages.ts';
import type { Store } from '../db/store.ts';
import { ownFetch, type TlsMaterial } from '../link/secureFetch.ts';

const DEADLINE_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;
/** Nobody puts back an older copy of a centre than this without looking for what it lacks himself. */
const ASKED_DAYS = 14;

type Line = { url(): string; tls?: TlsMaterial | undefined };

/**
 * @returns which of these images, named by pages of this hall, the centre has not; null: it does not know the question
 * @throws Error when nobody answers
 */
export async function askLacking(
  line: Line,
  token: string,
  images: readonly string[],
  stop: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const send = line.tls ? ownFetch(line.tls) : fetch;
  const lacks = new Set<string>();
  for (let at = 0; at < images.length; at += LACKING_MAX) {
    const response = await send(`${line.url().replace(/\/+$/, '')}${LACKING_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sha256: images.slice(at, at + LACKING_MAX) }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`status ${response.status}`);
    for (const sha256 of lackingAnswer.parse(await response.json()).lacking) lacks.add(sha256);
  }
  return lacks;
}

/**
 * A centre that was put back on a new disk lacks images it once had, and the record of them comes again without them: what it
 * acknowledged lately is asked for once more, and counts as not sent where it is not there.
 * @returns how many those are
 * @throws Error when nobody answers; a centre that does not know the question lacks nothing
 */
export async function findLackingImages(
  store: Store,
  line: Line,
  token: string,
  { now, stop }: { now: number; stop: AbortSignal },
): Promise<number> {
  const since = new Date(now - ASKED_DAYS * DAY_MS).toISOString();
  const known = store.scans.imagesAtCentre(since);
  // What is not here any more cannot be sent.
  const lacking = [...((await askLacking(line, token, known, stop)) ?? [])].filter((each) => store.blobs.has(each));
  for (const sha256 of lacking) store.scans.forgetAtCentre(sha256);
  return lacking.length;
}
