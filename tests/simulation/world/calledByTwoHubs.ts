import type { Looked } from '../engine/looked.ts';
import type { World } from './world.ts';

/**
 * The streams of numbers that one hub called before a take-over, and the one that took over called again, since it had not
 * heard of it: nobody can take back what was announced, so the centre keeps the second call without effect (ADR 0022), and the
 * windows of the other hub have theirs. Only where the centre was put back as well: that scenario forces take-overs, and
 * anywhere else it has to be looked at. Both calls are on the same version of the ticket, on either side of the take-over.
 * @returns without dashes
 */
export function calledByTwoHubs({ promises, hubs }: World, centre: Looked): ReadonlySet<string> {
  if (promises.centrePutBack === null || hubs.length < 2) return new Set();
  const streams = centre.prepare(CALLED_TWICE).pluck().all() as string[];
  return new Set(streams);
}

const CALLED_TWICE = `
  SELECT DISTINCT replace(later.stream, '-', '') FROM op AS take_over
  JOIN op AS later ON json_extract(later.envelope, '$.device') = json_extract(take_over.envelope, '$.body.hub')
  JOIN op AS earlier ON earlier.stream = later.stream AND earlier.device <> later.device
  JOIN device ON device.id = earlier.device AND device.kind = 'relay'
  WHERE take_over.kind = 'hub.took-over' AND later.kind = 'ticket.called' AND earlier.kind = 'ticket.called'
    AND json_extract(earlier.envelope, '$.base_ver') = json_extract(later.envelope, '$.base_ver')
    AND json_extract(earlier.envelope, '$.at') < json_extract(take_over.envelope, '$.body.at')
    AND json_extract(take_over.envelope, '$.body.at') <= json_extract(later.envelope, '$.at')`;
