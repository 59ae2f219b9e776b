import type { FastifyInstance } from 'fastify';
import { assemble, type Running } from './assemble.ts';
import { BackupDuty } from './backup/duty.ts';
import { assertHall, createEnrolmentCode } from './enrolment.ts';
import { startHeartbeat } from './heartbeat.ts';
import { listenForMetrics } from './metrics/expose.ts';
import type { Centre, CentreOptions } from './options.ts';
import { openRatingDoor } from './rating/door.ts';
import { Rounds } from './rounds.ts';
import { upsertStaff } from './staff.ts';
import { lockData } from './store/dataLock.ts';
import { KEY_FILE_WARNING } from './store/keyFile.ts';

/** Answers under way when the centre closes have this long to leave, ms. */
const CLOSING_GRACE_MS = 1000;

/**
 * Starts a centre on one data directory.
 * @throws DataInUseError, KeyFileError, StoreOpenError, MigrationError, or the error of listening
 */
export async function startCentre(options: CentreOptions): Promise<Centre> {
  const lock = lockData(options.dataDir);
  try {
    return await start(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function start(options: CentreOptions, lock: { release(): void }): Promise<Centre> {
  const { dataDir, host = '127.0.0.1', port = 0 } = options;
  const { serve = (app: FastifyInstance) => app.listen({ host, port }) } = options;
  const running: Running = { url: '', rating: null, backups: null };
  const parts = assemble(options, running);
  const { hall, now, monotonic, logger, alarms, store, hub, publish, metrics, ingest, roles, queue } = parts;
  const { relay, follower, desk, intake, app, endRevoked } = parts;
  try {
    logger.warn(KEY_FILE_WARNING);
    const settled = await ingest.review();
    if (settled > 0) logger.info({ settled }, 'parked ops are understood now');
    await intake?.judgeAll();
    // A hub that comes back asks before it takes anything: meanwhile another may have taken over.
    await follower?.askPeer();
    running.rating = await openRatingDoor(options.rating, { store, keyHex: parts.keyHex, publish, now, logger });
    running.url = await serve(app);
  } catch (error) {
    await Promise.all([running.rating?.close(), app.close()]);
    store.close();
    throw error;
  }

  running.backups = options.backup
    ? new BackupDuty({
        ...{ dataDir, settings: options.backup, isOnServer: options.database !== undefined },
        ...{ alarms, logger, now, monotonic },
      })
    : null;
  const figures =
    metrics &&
    options.metrics &&
    (await listenForMetrics(metrics, options.metrics, (code) => logger.error({ code }, 'metrics-port-refused')));
  parts.lookAtLoneRows();
  if (relay) relay.start();
  else if (roles.isActive()) desk.start();
  follower?.start();
  const stopHeartbeat = startHeartbeat({
    hub,
    isActive: (device) => store.isDeviceActive(device),
    onFailed: () => logger.error('heartbeat failed'),
  });

  const rounds = new Rounds({ store, hub, queue, roles, isRelay: relay !== null, publish, endRevoked, now, logger });
  await rounds.takeSteps();

  let closing: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    stopHeartbeat();
    rounds.stop();
    const backedUp = running.backups?.stop();
    // A connection that never sent a request counts neither as idle nor as busy, and would hold the closing for minutes.
    const cut = setTimeout(() => app.server.closeAllConnections(), CLOSING_GRACE_MS);
    await Promise.all([relay?.stop(), follower?.stop(), figures?.close(), running.rating?.close()]);
    await app.close();
    clearTimeout(cut);
    await desk.stop();
    await intake?.stop();
    await ingest.drain();
    await queue.drain();
    await parts.space?.stop();
    await backedUp;
    store.close();
    lock.release();
  }

  return {
    url: running.url,
    port: Number(new URL(running.url).port),
    metricsUrl: figures ? `http://127.0.0.1:${figures.port}/metrics` : null,
    ratingUrl: running.rating?.url ?? null,
    createEnrolmentCode: (order) => createEnrolmentCode(store, { hall, ...order }, now),
    async upsertStaff({ hall: other, ...change }) {
      const at = other ?? hall;
      assertHall(at);
      publish(await upsertStaff(store, at, change, now));
    },
    isActive: () => roles.isActive(),
    takeCalendarSteps: () => rounds.takeSteps(),
    async revokeDevice(device) {
      const wasActive = await store.revokeDevice(device, now());
      endRevoked();
      return wasActive;
    },
    stats: () => store.stats(),
    listCases: () => store.listCases(),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
