import { YichuangError } from '../../contract/errors.ts';
import type { Handlers } from '../context.ts';

/** Devices and sync as the pages see them. `events.subscribe` is answered by the dispatcher itself. */
export const machineHandlers: Handlers<
  'identity.read' | 'sync.status' | 'devices.status' | 'devices.test' | 'devices.ports'
> = {
  'identity.read': async ({ context, params }) => {
    if (!context.devices.has('idReader')) throw new YichuangError('device-not-configured');
    return context.devices.call('reader.read', { waitMs: params.waitMs }, params.waitMs + 8_000);
  },
  'sync.status': ({ context }) => context.syncLine(),
  'devices.status': ({ context }) => context.devices.status(),
  'devices.ports': ({ context }) => context.devices.call('ports.list', {}, 8_000),
  'devices.test': async ({ context, params }) => {
    if (!context.devices.has(params.device)) throw new YichuangError('device-not-configured');
    return context.devices.test(params.device, 12_000);
  },
};
