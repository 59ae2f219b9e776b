import { BlobStore } from '../blob/store.ts';
import { parseOpeningHours, USUAL_HOURS } from '../domain/clock/openingHours.ts';
import { connectHttp } from '../link/httpLine.ts';
import { POOLED } from '../signing/signatures.ts';
import { OwnAlarms } from './alarms.ts';
import type { BackupDuty } from './backup/duty.ts';
import { BlobUploads } from './blobs/uploads.ts';
import { assertHall } from './enrolment.ts';
import { buildServer } from './http/server.ts';
import { Follower } from './hub/follower.ts';
import { HubRoles } from './hub/role.ts';
import { openOwnKey } from './identity/ownKey.ts';
import { createIngest, type Published } from './ingest.ts';
import { Intake } from './intake/intake.ts';
import { WaitingRoom } from './intake/waitingRoom.ts';
import { LiveHub } from './live.ts';
import { createLogger } from './logger.ts';
import { reportHost } from './machines/host.ts';
import { addMetrics, measureFiles } from './metrics/expose.ts';
import { CentreMetrics } from './metrics/metrics.ts';
import { followAutomatically } from './office/automatic.ts';
import { LIAOYUAN } from './office/certificateNumbers.ts';
import type { CentreOptions } from './options.ts';
import { PaymentDesk } from './payment/desk.ts';
import { createHttpGateway } from './payment/httpGateway.ts';
import { QueueDesk } from './queue/desk.ts';
import { doubtRefused } from './queue/doubts.ts';
import { followHall } from './queue/follow.ts';
import type { RatingDoor } from './rating/door.ts';
import { HUB_RULES } from './relay/asGiven.ts';
import { Relay } from './relay/relay.ts';
import { loadKeyFile } from './store/keyFile.ts';
import { openStore } from './store/openStore.ts';
import { watchSpace } from './watchSpace.ts';

/** For another process that writes; short, since everyone waits meanwhile, and a terminal simply comes again. */
const BUSY_TIMEOUT_MS = 1000;

/** What the parts ask for, and there is only when the centre runs. */
export interface Running {
  url: string;
  rating: RatingDoor | null;
  backups: BackupDuty | null;
}

/**
 * Opens the data and makes everything a centre or a hub consists of, each with what it needs of the others. Nothing listens
 * yet, and nothing does anything by itself.
 * @throws KeyFileError, StoreOpenError, MigrationError
 */
export function assemble(options: CentreOptions, running: Readonly<Running>) {
  const { dataDir, hall = 'main', place = LIAOYUAN, now = Date.now } = options;
  const { hours = parseOpeningHours({ usual: USUAL_HOURS }), monotonic = () => performance.now() } = options;
  const { connect = connectHttp } = options;
  const logger = options.logger ?? createLogger('warn');
  assertHall(hall);

  const alarms = new OwnAlarms(now, logger);
  const space = options.reserveBytes ? watchSpace(dataDir, options.reserveBytes, alarms, logger) : null;
  const store = openStore(options, {
    busyTimeoutMs: BUSY_TIMEOUT_MS,
    ...{ isStart: true, checkpointsAside: options.checkpointsAside },
    onFullDisk: () => space?.noteFull(),
    onWarning: (warning) => logger.warn({ warning }, 'the database is not safe'),
  });
  if (!options.relay && store.upstream()) {
    store.close();
    throw new Error(`${dataDir} holds the data of a hub: it is started with --relay --upstream`);
  }
  // Nothing tells a centre that its whole disk was put back, and terminals have what it wrote since.
  if (!options.relay) store.beginChain(Math.floor(now() / 1000));
  const ownKey = openOwnKey(dataDir, store);
  const lookAtLoneRows = (): void => {
    const rows = store.countLone();
    alarms.set('rows-lone', rows > 0, { rows });
  };
  const hub = new LiveHub();
  const publish = (scopes: readonly Published[]) => hub.publish(scopes);
  const endRevoked = (): void => {
    hub.endRevoked((device) => store.isDeviceActive(device)).catch(() => logger.error('ending live lines failed'));
  };
  const metrics = options.metrics
    ? new CentreMetrics({
        version: options.metrics.version,
        role: options.relay ? 'hub' : 'centre',
        listeners: () => hub.size,
        presence: () => queue.countPresence(),
        active: () => roles.isActive(),
        protocols: () => hub.versions.counts(),
        upstream: () =>
          relay && {
            connected: relay.isConnected,
            lastContact: relay.lastContact,
            waitingOps: store.countToForward(),
          },
        held: () => (intake ? { ops: intake.room.ops, oldestAt: intake.room.oldestAt } : null),
        files: () => measureFiles(dataDir),
        isDiskFull: () => space?.isFull ?? null,
        isRaised: (alarm) => alarms.isRaised(alarm),
        backupAt: () => running.backups?.lastAt ?? null,
      })
    : null;
  // A hub holds by other rules: for its centre.
  const intake: Intake | null = options.relay
    ? null
    : new Intake({
        ...{ store, room: new WaitingRoom(store.waitingPushes()), publish, monotonic, logger },
        judge: (...held) => ingest.judge(...held),
        onStuck: (isStuck) => alarms.set('intake-stuck', isStuck),
      });
  const unmeasured = createIngest({
    ...{ store, now, intake: intake ?? undefined },
    onPublished: publish,
    ...(options.relay && { rules: HUB_RULES }),
    onCommit: metrics ? (ops, seconds) => metrics.noteCommit(ops, seconds) : undefined,
    follow: (ledger, streams, at) => {
      // In a hub the cases are the centre's to follow.
      if (options.relay) followHall(ledger, store.self, streams, at);
      else followAutomatically(ledger, store.self, streams, at);
      doubtRefused(ledger, store.self, at);
    },
  });
  const ingest = metrics?.measure(unmeasured) ?? unmeasured;
  const roles = new HubRoles(store);
  const queue = new QueueDesk({ store, hours, now, monotonic, publish, roles });
  const { peer } = options;
  if (peer) roles.join(peer.startsAs, peer.url);
  const relay = options.relay
    ? new Relay({
        store,
        url: options.relay.upstream,
        connect,
        ownKey,
        onDevices: endRevoked,
        code: options.relay.code,
        name: options.relay.name ?? 'H01',
        hall,
        now,
        monotonic,
        publish,
        onMirrored: () => roles.lookForTakeOver(),
        onExchanged: lookAtLoneRows,
        logger,
      })
    : null;
  store.onAppended((toForward) => {
    if (toForward) relay?.notify();
  });
  const hallNow = () => store.upstream()?.hall ?? hall;
  const follower = peer
    ? new Follower({
        store,
        roles,
        url: peer.url,
        connect,
        hall: hallNow,
        hasCentre: relay !== null,
        name: peer.name ?? 'H01',
        code: peer.code,
        now,
        monotonic,
        publish,
        logger,
      })
    : null;
  const standby = {
    hall: hallNow,
    isPeerActive: async () => (await follower?.askPeer())?.role === 'active',
    readRest: async () => follower?.readRest(),
    onTakenOver: () => relay?.takeOver(),
  };
  roles.onDemoted = () => {
    logger.warn({ fence: roles.fence }, 'another hub decides: this is the standby now');
    // Whoever listens here is to go to the other one.
    hub.close();
    desk.stop().catch(() => logger.error('stopping the payments failed'));
    follower?.wake();
  };
  const { gateway } = options;
  const desk = new PaymentDesk({
    store,
    gateway: gateway
      ? createHttpGateway({ ...gateway, notifyBase: () => gateway.notifyBase ?? running.url, now })
      : null,
    now,
    publish,
    logger,
    firstPauseMs: gateway?.firstPauseMs,
  });
  const keyHex = loadKeyFile(dataDir, false);
  const images = new BlobStore({ dir: dataDir, keyHex });
  images.prepare();
  const uploads = new BlobUploads({ dir: dataDir, keyHex, blobs: images });
  let isFoundOld = false;
  const onDiffers = () => {
    if (isFoundOld) return;
    isFoundOld = true;
    // Above every epoch that was begun before, also by data of which nothing is left.
    store.beginEpoch(Math.floor(now() / 1000));
    logger.error({ epoch: store.self.epoch }, 'these data are an older copy: a new epoch has begun');
  };
  const ownReport = () =>
    reportHost({
      ...{ kind: relay || peer ? 'hub' : 'centre', name: nameOfHub(options) },
      ...{ device: () => store.self.device, version: options.version ?? null },
      ...{ dataDir, isOnServer: options.database !== undefined, alarms },
      isDiskFull: () => space?.isFull ?? false,
      backupAt: () => running.backups?.lastAt ?? null,
    });
  const app = buildServer({
    ...{ store, ingest, intake, hub, place, desk, images, uploads },
    ...{ queue, relay, roles, standby, onDiffers, now, logger },
    rating: () => running.rating,
    onFullDisk: () => space?.noteFull(),
    ...{ ownKey, signatures: options.signatures ?? POOLED, tls: options.tls, outgoing: options.outgoing },
    host: ownReport,
  });
  if (metrics && options.metrics) addMetrics(app, metrics, options.metrics);

  return {
    ...{ hall, now, monotonic, logger, alarms, space, store, hub, publish, metrics, intake, ingest, roles, queue },
    ...{ relay, follower, desk, keyHex, app, endRevoked, lookAtLoneRows },
  };
}

/** Null of a centre. */
function nameOfHub({ relay, peer }: CentreOptions): string | null {
  return relay || peer ? (relay?.name ?? peer?.name ?? 'H01') : null;
}
