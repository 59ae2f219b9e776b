import type { TerminalConfig } from '../../contract/config.ts';
import type { ServiceStart } from '../../contract/serviceProtocol.ts';
import type { Announcer } from '../announcer.ts';
import type { ServiceContext } from '../context.ts';
import { DeviceHost } from '../deviceHost.ts';
import type { Log } from '../log.ts';
import { obeyKey } from '../queue/keys.ts';

interface Parts {
  config: TerminalConfig;
  start: ServiceStart;
  now: () => number;
  announcer: Announcer;
  log: Log;
  /** What is made with these devices in it: asked once they speak. */
  context: () => ServiceContext;
}

/** The devices process, and who hears what they say. */
export function openDevices({ config, start, now, announcer, log, context }: Parts): DeviceHost {
  return new DeviceHost({
    devices: config.devices,
    entry: start.devicesEntry,
    execPath: start.execPath,
    now,
    onStatus: (all) => announcer.publish('devices.changed', all),
    on: {
      'reader.card': (payload) => announcer.publish('identity.card', payload),
      'reader.photo': (payload) => announcer.publish('identity.photo', payload),
      'reader.failed': (payload) => announcer.publish('identity.failed', payload),
      'certificate.progress': (payload) => announcer.publish('certificate.progress', payload),
      'keypad.key': (payload) => {
        announcer.publish('keypad.key', payload);
        void obeyKey(context(), payload, (refused) => announcer.publish('queue.refused', refused));
      },
      'rating.given': ({ level }) => context().queue?.ratings.pressed(level),
    },
    onRestarting: () => context().journal.loseSight(),
    log: (line) => log.info({ process: 'devices', line }, 'devices'),
  });
}
