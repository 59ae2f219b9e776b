import { setImmediate } from 'node:timers/promises';
import type { RetentionResult } from '../../db/retention.ts';
import type { ServiceContext } from '../context.ts';

const DAY_MS = 24 * 60 * 60_000;
const NOTHING: RetentionResult = { endedCases: 0, openCases: 0, drafts: 0, preReviews: 0, appointments: 0, tickets: 0 };

/**
 * Removes what this machine may no longer keep (domain.md §7.4), never anything the centre does not have, and leaves an
 * audit line that says how much.
 */
export async function removeExpired({
  store,
  config,
  newId,
  now,
  committed,
}: ServiceContext): Promise<RetentionResult> {
  // Left over from before a restore: first the centre must have it.
  const unsettled = [
    ...store.delivery.unsentEpochs(),
    ...store.delivery.results.heldEpochs().map(({ epoch }) => epoch),
  ];
  if (unsettled.some((epoch) => epoch < store.ledger.epoch)) return NOTHING;
  const { retention: periods } = config;
  const result = await store.retention.run(periods, store.delivery.atCentre(), now(), () => setImmediate());
  await removeScans(store, new Date(now() - periods.drafts * DAY_MS).toISOString());
  if (Object.values(result).some((removed) => removed > 0)) {
    store.ledger.append({
      kind: 'retention.ran',
      stream: `retention:${newId()}`,
      actor: 'system',
      body: { terminal: config.terminal.id, ...result },
    });
    committed([]);
  }
  return result;
}

/** Pages given up, and images no page names: those of drafts, of crashes, of pages removed from their case. */
async function removeScans({ scans }: ServiceContext['store'], before: string): Promise<void> {
  scans.held.dropBefore(before);
  for (const sha256 of await scans.unreferencedImages(before)) {
    scans.removeImage(sha256, before);
    await setImmediate();
  }
}
