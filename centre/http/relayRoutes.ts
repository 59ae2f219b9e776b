import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  type RelayDevice,
  type relayDevicesAnswer,
  type relayKeyAnswer,
  relayKeyRequest,
  type relayPushAnswer,
  relayPushRequest,
} from '../../contract/relay.ts';
import { KEY_HISTORY, KEYS_HEADER } from '../../contract/signing.ts';
import { PUSH_MAX_OPS } from '../../contract/sync.ts';
import type { Signatures } from '../../signing/signatures.ts';
import { checkHeads } from '../identity/heads.ts';
import type { Ingest } from '../ingest.ts';
import type { DeviceKey } from '../store/identityTypes.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

export interface RelayRouteContext {
  store: CentreStore;
  ingest: Ingest;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  signatures: Signatures;
  now: () => number;
}

/** What the hubs of the halls ask (contract/relay.ts). */
export function addRelayRoutes(app: FastifyInstance, context: RelayRouteContext): void {
  const { store, ingest, onRequest, deviceOf, signatures, now } = context;
  const hallOfHub = (request: FastifyRequest): string => {
    const { kind, hall } = deviceOf(request);
    if (kind !== 'relay') throw new Refusal('scope-forbidden');
    return hall;
  };

  app.post('/relay/v1/push', { onRequest }, async (request): Promise<z.infer<typeof relayPushAnswer>> => {
    const hall = hallOfHub(request);
    if (countEntries(request.body) > PUSH_MAX_OPS) throw new Refusal('too-large');
    const { entries, heads = [] } = parseRequest(relayPushRequest, request.body);
    const results = await ingest.relay(hall, entries, await checkHeads({ store, signatures }, heads));
    for (const [index, { outcome, code }] of results.entries()) {
      if (outcome !== 'refused') continue;
      request.log.warn({ device: entries[index]?.op.device, hall, reason: code }, 'relayed op refused');
    }
    return { results };
  });

  app.post('/relay/v1/key', { onRequest }, async (request): Promise<z.infer<typeof relayKeyAnswer>> => {
    const hall = hallOfHub(request);
    const { device, ...key } = parseRequest(relayKeyRequest, request.body);
    if (store.hallOfDevice(device) !== hall) throw new Refusal('scope-forbidden');
    return { taken: store.registerKey(device, key, now()) };
  });

  app.get('/relay/v1/devices', { onRequest }, async (request): Promise<z.infer<typeof relayDevicesAnswer>> => {
    const devices = store.devicesOfHall(hallOfHub(request));
    // Older programs refuse what they do not know.
    const spoken = request.headers[KEYS_HEADER];
    if (spoken === undefined) return { devices };
    return {
      devices: devices.map((device) => {
        const withCurrent = withKey(device, store.keyOf(device.id));
        return Number(spoken) >= KEY_HISTORY ? { ...withCurrent, keys: store.keyHistoryOf(device.id) } : withCurrent;
      }),
    };
  });
}

function withKey(device: RelayDevice, key: DeviceKey | null): RelayDevice {
  return key ? { ...device, key } : device;
}

function countEntries(body: unknown): number {
  const isList = body !== null && typeof body === 'object' && 'entries' in body && Array.isArray(body.entries);
  return isList ? (body.entries as unknown[]).length : 0;
}
