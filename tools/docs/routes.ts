import type { z } from 'zod';
import * as appointments from '../../contract/appointments.ts';
import * as blanks from '../../contract/blanks.ts';
import { BLOB_PATH, MAX_IMAGE_BYTES } from '../../contract/blobs.ts';
import * as devices from '../../contract/devices.ts';
import * as hub from '../../contract/hub.ts';
import * as lacking from '../../contract/lackingImages.ts';
import * as machines from '../../contract/machines.ts';
import * as office from '../../contract/office.ts';
import * as outage from '../../contract/outage.ts';
import * as payment from '../../contract/payment.ts';
import * as queue from '../../contract/queue.ts';
import { presenceList } from '../../contract/queuePresence.ts';
import * as rating from '../../contract/rating.ts';
import * as relay from '../../contract/relay.ts';
import * as signing from '../../contract/signing.ts';
import * as sync from '../../contract/sync.ts';

export interface Route {
  request: string;
  doc: string;
  parts: readonly (readonly [title: string, schema: z.ZodType, io: 'input' | 'output'])[];
}

interface Group {
  title: string;
  says: string;
  routes: readonly Route[];
}

const body = (asked: z.ZodType, answer: z.ZodType): Route['parts'] => [
  ['Body', asked, 'input'],
  ['Answer', answer, 'output'],
];
const query = (asked: z.ZodType, answer: z.ZodType): Route['parts'] => [
  ['Query', asked, 'input'],
  ['Answer', answer, 'output'],
];

/** Every path of a centre and of a hub. */
export const ROUTES: readonly Group[] = [
  {
    title: 'Records',
    says: 'All but the first carry the token of the first as `Authorization: Bearer`.',
    routes: [
      {
        request: 'POST /sync/v1/enrol',
        doc: 'A new terminal shows its one-time code and receives its token.',
        parts: body(sync.enrolRequest, sync.enrolAnswer),
      },
      {
        request: 'POST /sync/v1/session',
        doc: 'A terminal shows its Ed25519 key and is told for which session to sign its requests (ADR 0045). From then on everything that changes something carries `x-yichuang-signature`, and each push the signature of its last op.',
        parts: body(signing.sessionRequest, signing.sessionAnswer),
      },
      {
        request: 'POST /sync/v1/hello',
        doc: 'The first exchange after every start and every broken line: do both sides mean the same chain?',
        parts: body(sync.helloRequest, sync.helloAnswer),
      },
      {
        request: 'GET /sync/v1/chain',
        doc: 'The hash of one own op as they have it; null when there is none.',
        parts: query(sync.chainQuery, sync.chainAnswer),
      },
      {
        request: 'POST /sync/v1/push',
        doc: `Hands over changes in their order, at most ${sync.PUSH_MAX_OPS} and ${sync.PUSH_MAX_BYTES / 1024} KiB; gzip is understood. Repeating a push is harmless. With \`Prefer: return=minimal\` only what was not applied has a result; with \`Prefer: respond-async\` the centre may hold it, answer 202 and judge it later (ADR 0063).`,
        parts: [
          ...body(sync.pushRequest, sync.pushAnswer),
          ['Answer 409, when the changes do not continue what the centre has', sync.gapAnswer, 'output'],
        ],
      },
      {
        request: 'GET /sync/v1/outcomes',
        doc: 'What became of own changes after a number, up to the first that is still held.',
        parts: query(sync.outcomesQuery, sync.outcomesAnswer),
      },
      {
        request: 'POST /sync/v1/outcomes',
        doc: 'What became of changes of other machines of the hall that the asker has read and the centre lost (ADR 0065).',
        parts: body(sync.becameOfRequest, sync.becameOfAnswer),
      },
      {
        request: 'GET /sync/v1/pull',
        doc: 'Changes of a scope after a position. With `Prefer: return=minimal` a row that the asking device wrote itself is `{pos, own: {epoch, seq, hash}}`.',
        parts: query(sync.pullQuery, sync.pullAnswer),
      },
      {
        request: 'GET /sync/v1/snapshot',
        doc: 'A scope up to one head without what is long over, page by page, after `pull` was answered 410 `snapshot-needed`.',
        parts: query(sync.snapshotQuery, sync.snapshotAnswer),
      },
      {
        request: 'GET /sync/v1/live',
        doc: 'Server-sent events `hint`: something new is at this position. A lost one is harmless.',
        parts: [['Event', sync.liveHint, 'output']],
      },
      {
        request: 'GET /sync/v1/wait',
        doc: 'The same where no stream comes through: answers as soon as there is a hint, or with none after `waitMs`.',
        parts: query(sync.waitQuery, sync.waitAnswer),
      },
      {
        request: 'GET /health',
        doc: 'Whether anybody is there who can read its data: `{"ok":true}`. No token.',
        parts: [],
      },
    ],
  },
  {
    title: 'Scanned pages',
    says: 'With the same token. An image is named by the SHA-256 of its content in hex, and taken only after a record names it.',
    routes: [
      {
        request: `POST ${BLOB_PATH}`,
        doc: `Announces an image of at most ${MAX_IMAGE_BYTES / 1024 / 1024} MiB by tus 1.0: \`Upload-Metadata: sha256 <base64>\`.`,
        parts: [],
      },
      { request: `HEAD ${BLOB_PATH}/:sha256`, doc: 'How far it is (tus).', parts: [] },
      { request: `PATCH ${BLOB_PATH}/:sha256`, doc: 'The next bytes (tus).', parts: [] },
      { request: `GET ${BLOB_PATH}/:sha256`, doc: 'The image; `Range` with one range is understood.', parts: [] },
      {
        request: `POST ${lacking.LACKING_PATH}`,
        doc: 'Which of these images the centre has not.',
        parts: body(lacking.lackingRequest, lacking.lackingAnswer),
      },
    ],
  },
  {
    title: 'Acts',
    says: 'What the centre decides, one after the other; a hub hands it on. What comes of it arrives by pull. A refusal (403, 409) has a code of the table above and changes nothing.',
    routes: [
      {
        request: 'POST /office/v1/act',
        doc: 'One act on a case that the centre owns.',
        parts: [
          ...body(office.officeRequest, office.officeAnswer),
          ['Answer 403 and 409, as of every act', office.officeRefusal, 'output'],
        ],
      },
      {
        request: 'POST /office/v1/payment',
        doc: 'One command about money: a pay code, money taken at the counter, money given back.',
        parts: body(payment.paymentRequest, payment.paymentAnswer),
      },
      {
        request: 'POST /office/v1/reconcile',
        doc: 'The balance of one day: our books by method, and where the statement of the payment channel says otherwise.',
        parts: body(payment.reconcileRequest, payment.reconcileAnswer),
      },
      {
        request: 'POST /office/v1/blanks',
        doc: 'Moves blank certificates.',
        parts: body(blanks.blanksRequest, blanks.blanksAnswer),
      },
      {
        request: 'POST /office/v1/outage',
        doc: "A supervisor stops the promise's clock, or says when the outage was over.",
        parts: body(outage.outageRequest, outage.outageAnswer),
      },
      {
        request: 'POST /office/v1/devices',
        doc: 'Who is enrolled in the hall; takes a terminal out of service.',
        parts: body(devices.devicesRequest, devices.devicesAnswer),
      },
    ],
  },
  {
    title: 'The queue',
    says: 'Decided by the hub of the hall, in a hall without one by the centre.',
    routes: [
      {
        request: 'POST /office/v1/queue',
        doc: 'One command of the queue.',
        parts: body(queue.queueRequest, queue.queueAnswer),
      },
      {
        request: 'POST /office/v1/queue/presence',
        doc: 'A terminal is there; said every two seconds.',
        parts: body(queue.presenceRequest, queue.presenceAnswer),
      },
      { request: 'GET /office/v1/queue/presence', doc: 'Who is there.', parts: [['Answer', presenceList, 'output']] },
      {
        request: 'POST /office/v1/queue/machines',
        doc: 'Role, program and alarms of a machine; said every ten seconds, and at once when an alarm came or went.',
        parts: body(machines.machineReport, machines.machineReportAnswer),
      },
      {
        request: 'GET /office/v1/queue/machines',
        doc: 'The machines of the hall as they said it themselves, and whoever answers.',
        parts: [['Answer', machines.machineList, 'output']],
      },
      {
        request: 'POST /office/v1/queue/rating-link',
        doc: 'An address at which a phone may rate one service, once.',
        parts: body(rating.ratingLinkRequest, rating.ratingLinkAnswer),
      },
    ],
  },
  {
    title: 'Other programs',
    says: 'Each with a key of its own, and nothing else is answered to them.',
    routes: [
      {
        request: 'POST /office/v1/appointments',
        doc: `A booking system, by the key of \`yichuang appointments-key\`, at most ${appointments.APPOINTMENTS_MAX_ROWS} rows.`,
        parts: [
          ...body(appointments.bookRequest, appointments.bookAnswer),
          ['Answer 409, and nothing was taken', appointments.bookRefusal, 'output'],
        ],
      },
      {
        request: 'POST /office/v1/appointments/cancel',
        doc: 'Calls one off, until its slot starts.',
        parts: body(appointments.cancelRequest, appointments.cancelAnswer),
      },
      {
        request: 'POST /pay/v1/notify',
        doc: 'The payment channel says what became of a payment, signed with the shared key (`centre/payment/`).',
        parts: [],
      },
      {
        request: 'GET /metrics',
        doc: 'Figures for Prometheus, with the token of `--metrics-token`; without that option there is no such path.',
        parts: [],
      },
    ],
  },
  {
    title: 'Hubs',
    says: 'Between a hub and its centre, and between the two hubs of a hall (ADR 0022). `x-yichuang-fence` carries the highest fence the sender has seen.',
    routes: [
      {
        request: 'POST /relay/v1/push',
        doc: "Changes in the hub's log order, of whichever machine wrote them.",
        parts: body(relay.relayPushRequest, relay.relayPushAnswer),
      },
      {
        request: 'POST /relay/v1/key',
        doc: 'The key of a terminal that showed its first one at the hub.',
        parts: body(relay.relayKeyRequest, relay.relayKeyAnswer),
      },
      {
        request: 'GET /relay/v1/devices',
        doc: 'Whoever was ever enrolled in the hall, with the ends of their chains.',
        parts: [['Answer', relay.relayDevicesAnswer, 'output']],
      },
      {
        request: 'GET /relay/v1/log',
        doc: 'The whole log of the hall in the order it was taken; waits for news when there is none.',
        parts: query(hub.logQuery, hub.logAnswer),
      },
      { request: 'GET /hub/v1/state', doc: 'Which of the two decides.', parts: [['Answer', hub.hubState, 'output']] },
      {
        request: 'GET /hub/v1/host',
        doc: 'Disk, backup and alarms of this machine.',
        parts: [['Answer', machines.hostReport, 'output']],
      },
      {
        request: 'POST /hub/v1/take-over',
        doc: 'Makes a standby the hub that decides.',
        parts: body(hub.takeOverRequest, hub.takeOverAnswer),
      },
    ],
  },
];
