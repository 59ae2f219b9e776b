import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { type DevicesAnswer, devicesRequest } from '../../contract/devices.ts';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import { type HostReport, type MachineList, type MachineReportAnswer, machineReport } from '../../contract/machines.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import type { Published } from '../ingest.ts';
import type { Machines } from '../machines/machines.ts';
import { commandDevices } from '../office/devices.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest } from './refusal.ts';

export interface MachineRouteContext {
  store: CentreStore;
  machines: Machines;
  publish: (scopes: readonly Published[]) => void;
  /** Lines of devices that are out of service now end. */
  endRevoked: () => Promise<void>;
  onRequest: preHandlerAsyncHookHandler;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  /** Of this process itself. */
  host: () => HostReport;
  now: () => number;
}

/** What the machines of a hall say of themselves, and which of them may speak (contract/machines.ts, contract/devices.ts). */
export function addMachineRoutes(app: FastifyInstance, context: MachineRouteContext): void {
  const { store, machines, publish, endRevoked, onRequest, deviceOf, host, now } = context;
  const centreTime = () => new Date(now()).toISOString();

  // Below the queue, which is the hub's own: a hub passes what is not to its centre.
  app.post('/office/v1/queue/machines', { onRequest }, async (request): Promise<MachineReportAnswer> => {
    machines.hear(deviceOf(request), parseRequest(machineReport, request.body));
    return { versions: [...PROTOCOL_VERSIONS], centreTime: centreTime() };
  });

  app.get('/office/v1/queue/machines', { onRequest }, async (request): Promise<MachineList> => {
    const { hall } = deviceOf(request);
    const found = await machines.list(hall, (device) => store.isDeviceActive(device));
    return { machines: found, centreTime: centreTime(), host: host() };
  });

  app.post('/office/v1/devices', { onRequest }, async (request, reply) => {
    const verdict = await commandDevices(store, deviceOf(request), parseRequest(devicesRequest, request.body), now());
    if (verdict.kind === 'refused') {
      const code = isErrorCode(verdict.code) ? verdict.code : 'internal';
      reply.code(code === 'forbidden' ? 403 : 409);
      return { code, message: ERRORS[code] };
    }
    const { devices, published, revoked } = verdict;
    publish(published);
    if (revoked) await endRevoked();
    return { devices, centreTime: centreTime(), centre: host() } satisfies DevicesAnswer;
  });
}
