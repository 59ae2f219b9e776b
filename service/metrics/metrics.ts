import { statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { deviceHealth } from '../../contract/deviceProtocol.ts';
import { HEALTH, HEALTH_CODES } from '../../contract/health.ts';
import { listBackups } from '../../db/backup/backup.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../../db/store.ts';
import type { MetricsSource } from '../../link/metricsServer.ts';
import type { ServiceContext } from '../context.ts';

type Read<T> = () => T | Promise<T>;

/**
 * What a terminal measures of itself, read at the moment somebody collects it. No label holds anything that a person or a
 * case is called by.
 */
export function createMetrics(context: ServiceContext, dataDir: string): MetricsSource {
  const { config, store, devices, health, version } = context;
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const gauge = (name: string, help: string, read: Read<number | null>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  };
  const by = <L extends string>(name: string, help: string, label: L, read: Read<Record<string, number>>): void => {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        this.reset();
        for (const [value, count] of Object.entries(await read()))
          this.set({ [label]: value } as Record<L, string>, count);
      },
    });
  };

  new Gauge({
    name: 'yichuang_build_info',
    help: 'The program, always 1.',
    labelNames: ['version', 'role'],
    registers,
  }).set({ version, role: config.terminal.role }, 1);
  by('yichuang_outbox_ops', 'Own ops that are not done with, by where they are.', 'place', () => {
    const { waiting, held, parked, rejected } = store.outbox.counts();
    return { here: waiting, hall: held, parked, rejected };
  });
  gauge('yichuang_outbox_oldest_timestamp_seconds', 'When the oldest op that waits here was made.', () =>
    seconds(store.delivery.counts().oldestWaiting),
  );
  gauge('yichuang_outbox_images', 'Scanned pages that the centre has not.', () => store.scans.countImagesToSend());
  gauge('yichuang_sync_connected', 'Whether the last exchange succeeded.', () =>
    context.sync()?.state.link === 'connected' ? 1 : 0,
  );
  gauge('yichuang_sync_last_contact_timestamp_seconds', 'When an exchange succeeded last.', () =>
    seconds(context.sync()?.state.lastContact ?? null),
  );
  gauge('yichuang_clock_offset_seconds', "The centre's clock minus ours.", () => {
    const offset = context.sync()?.state.clockOffsetMs ?? null;
    return offset === null ? null : offset / 1000;
  });
  new Gauge({
    name: 'yichuang_alarm',
    help: 'Whether an alarm stands.',
    labelNames: ['code', 'level'],
    registers,
    collect() {
      for (const code of HEALTH_CODES) this.set({ code, level: HEALTH[code].level }, health.isRaised(code) ? 1 : 0);
    },
  });
  by('yichuang_devices', 'Configured devices, by how they are.', 'health', () => {
    const counts = Object.fromEntries(deviceHealth.options.map((each) => [each, 0]));
    for (const device of devices.status()) counts[device.health] = (counts[device.health] ?? 0) + 1;
    return counts;
  });
  by('yichuang_database_bytes', 'Size of the files of the database.', 'file', () => {
    const file = path.join(dataDir, DATABASE_FILE);
    return { main: sizeOf(file), wal: sizeOf(`${file}-wal`) };
  });
  gauge('yichuang_disk_free_bytes', 'Left where the data lie.', () => {
    const { bavail, bsize } = statfsSync(dataDir);
    return bavail * bsize;
  });
  gauge('yichuang_backup_last_success_timestamp_seconds', 'When the newest backup was made.', async () => {
    const [newest] = await listBackups(config.backup.folder ?? path.join(dataDir, BACKUP_FOLDER));
    return seconds(newest?.at ?? null);
  });
  return register;
}

function seconds(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso) / 1000;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
