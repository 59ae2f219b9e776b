import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type relayDevicesAnswer, type relayPushAnswer, relayPushRequest } from '../../contract/relay.ts';
import { PUSH_MAX_OPS } from '../../contract/sync.ts';
import type { Ingest } from '../ingest.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

export interface RelayRouteContext {
  store: CentreStore;
  ingest: Ingest;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
}

/** What the hubs of the halls ask (contract/relay.ts). */
export function addRelayRoutes(app: FastifyInstance, { store, ingest, onRequest, deviceOf }: RelayRouteContext): void {
  const hallOfHub = (request: FastifyRequest): string => {
    const { kind, hall } = deviceOf(request);
    if (kind !== 'relay') throw new Refusal('scope-forbidden');
    return hall;
  };

  app.post('/relay/v1/push', { onRequest }, async (request): Promise<z.infer<typeof relayPushAnswer>> => {
    const hall = hallOfHub(request);
    if (countEntries(request.body) > PUSH_MAX_OPS) throw new Refusal('too-large');
    const { entries } = parseRequest(relayPushRequest, request.body);
    const results = await ingest.relay(hall, entries);
    for (const [index, { outcome, code }] of results.entries()) {
      if (outcome !== 'refused') continue;
      request.log.warn({ device: entries[index]?.op.device, hall, reason: code }, 'relayed op refused');
    }
    return { results };
  });

  app.get('/relay/v1/devices', { onRequest }, async (request): Promise<z.infer<typeof relayDevicesAnswer>> => {
    return { devices: store.devicesOfHall(hallOfHub(request)) };
  });
}

function countEntries(body: unknown): number {
  const isList = body !== null && typeof body === 'object' && 'entries' in body && Array.isArray(body.entries);
  return isList ? (body.entries as unknown[]).length : 0;
}
