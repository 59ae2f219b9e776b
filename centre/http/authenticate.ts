import type { FastifyRequest } from 'fastify';
import { equalHashes, secretHash } from '../digest.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { Refusal } from './refusal.ts';

/**
 * The device behind `Authorization: Bearer …`. Looked up by the token's hash: how long that takes tells nothing about
 * the token, and the found hash is compared in constant time besides.
 * @throws Refusal `unauthorised` for no, an unknown or a revoked token, without saying which
 */
export async function authenticate(store: CentreStore, request: FastifyRequest): Promise<EnrolledDevice> {
  const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Refusal('unauthorised');
  const hash = secretHash(token);
  const device = await store.findDeviceByToken(hash);
  if (!device || !equalHashes(device.tokenHash, hash)) throw new Refusal('unauthorised');
  return { id: device.id, terminal: device.terminal, hall: device.hall, kind: device.kind };
}
