import type { z } from 'zod';
import { type BlanksAnswer, type BlanksRequest, blanksAnswer } from '../contract/blanks.ts';
import { type DevicesAnswer, type DevicesRequest, devicesAnswer } from '../contract/devices.ts';
import { type HubState, hubState, type TakeOverRequest, takeOverAnswer } from '../contract/hub.ts';
import { type HostReport, hostReport } from '../contract/machines.ts';
import { type OfficeAnswer, type OfficeRequest, officeAnswer } from '../contract/office.ts';
import { type OutageAnswer, type OutageRequest, outageAnswer } from '../contract/outage.ts';
import {
  type PaymentAnswer,
  type PaymentRequest,
  paymentAnswer,
  type ReconcileAnswer,
  type ReconcileRequest,
  reconcileAnswer,
} from '../contract/payment.ts';
import { type QueueAnswer, type QueueRequest, queueAnswer } from '../contract/queue.ts';
import {
  type BecameOfAnswer,
  type BecameOfRequest,
  becameOfAnswer,
  chainAnswer,
  type EnrolAnswer,
  type EnrolRequest,
  enrolAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type MinimalPullAnswer,
  minimalPullAnswer,
  type OutcomesAnswer,
  outcomesAnswer,
  PREFER_HEADER,
  PREFERS_ASYNC,
  PREFERS_MINIMAL,
  type PushAnswer,
  pullAnswer,
  pushAnswer,
  type SnapshotAnswer,
  snapshotAnswer,
  WRITES_IN_HEADER,
} from '../contract/sync.ts';
import { CentreLine, HUB, OFFICE } from './centreLine.ts';

const MINIMAL = { [PREFER_HEADER]: PREFERS_MINIMAL };
const MINIMAL_AND_ASYNC = { [PREFER_HEADER]: `${PREFERS_MINIMAL}, ${PREFERS_ASYNC}` };
/** Of a hub that may be dead, ms. */
const STATE_DEADLINE_MS = 3_000;
/** Somebody stands at the window; the same command again is safe. */
const QUEUE_DEADLINE_MS = 4_000;
const HALL_DEADLINE_MS = 3_000;

/** Calls to the hub or centre (contract/sync.ts). Answers are checked against the contract; bodies are never logged. */
export class CentreApi extends CentreLine {
  /** How a hub stands. @throws CentreError; `protocol` for an address that is no hub of this kind */
  hubState(): Promise<HubState> {
    return this.ask('GET', '/state', hubState, { base: HUB, deadlineMs: STATE_DEADLINE_MS });
  }

  /** What a hub says of itself; nobody waits for it. @throws CentreError; `protocol` from a hub of an older program */
  hostReport(): Promise<HostReport> {
    return this.ask('GET', '/host', hostReport, { base: HUB, traffic: 'records', deadlineMs: STATE_DEADLINE_MS });
  }

  /** @throws YichuangError with the hub's refusal; CentreError when the line fails */
  takeOver(request: TakeOverRequest): Promise<{ fence: number }> {
    return this.ask('POST', '/take-over', takeOverAnswer, { body: request, base: HUB });
  }

  enrol(request: EnrolRequest): Promise<EnrolAnswer> {
    return this.ask('POST', '/enrol', enrolAnswer, { body: request });
  }

  hello(request: HelloRequest): Promise<HelloAnswer> {
    return this.ask('POST', '/hello', helloAnswer, { body: request });
  }

  /** Hash of an own op as the centre has it; null when it has none under that number. */
  async chainHash(epoch: number, seq: number): Promise<string | null> {
    const query = new URLSearchParams({ epoch: String(epoch), seq: String(seq) });
    return (await this.ask('GET', `/chain?${query.toString()}`, chainAnswer)).hash;
  }

  /**
   * @param request JSON of a `pushRequest`
   * @param writesIn of ops of an earlier epoch: the present one
   * @param isBacklog it may be held, and judged later
   * @returns of ops that were applied no result, where the other side can leave them out
   */
  push(
    request: Uint8Array,
    { writesIn, isBacklog = false }: { writesIn?: number | undefined; isBacklog?: boolean } = {},
  ): Promise<PushAnswer> {
    const headers = {
      ...(isBacklog ? MINIMAL_AND_ASYNC : MINIMAL),
      ...(writesIn !== undefined && { [WRITES_IN_HEADER]: String(writesIn) }),
    };
    return this.ask('POST', '/push', pushAnswer, { body: request, headers });
  }

  /** What became of own ops that the hub held; up to the first that it still holds. */
  async outcomes(epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    const query = new URLSearchParams({ epoch: String(epoch), after: String(after) });
    return (await this.ask('GET', `/outcomes?${query.toString()}`, outcomesAnswer)).results;
  }

  /** What became of ops of other machines of the hall. */
  async becameOf(ops: BecameOfRequest['ops']): Promise<BecameOfAnswer['results']> {
    return (await this.ask('POST', '/outcomes', becameOfAnswer, { body: { ops } })).results;
  }

  /**
   * @param digest of everything taken up to `after`; refused as `scope-differs` when it is not the centre's
   * @param isMinimal own rows may come as what they are in the chain
   */
  pull(
    scope: string,
    after: number,
    limit: number,
    { digest, isMinimal }: { digest?: string | undefined; isMinimal: boolean },
  ): Promise<MinimalPullAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    if (digest !== undefined) query.set('digest', digest);
    const path = `/pull?${query.toString()}`;
    return isMinimal
      ? this.ask('GET', path, minimalPullAnswer, { headers: MINIMAL })
      : this.ask('GET', path, pullAnswer);
  }

  /** A scope without what is long over. @param known `head` and `floor` of the first answer */
  snapshot(
    scope: string,
    after: number,
    limit: number,
    known: { head: number; floor: number } | null,
  ): Promise<SnapshotAnswer> {
    const query = new URLSearchParams({ scope, after: String(after), limit: String(limit) });
    for (const [name, value] of Object.entries(known ?? {})) query.set(name, String(value));
    return this.ask('GET', `/snapshot?${query.toString()}`, snapshotAnswer);
  }

  /**
   * Asks the centre to act on a case.
   * @throws YichuangError with the centre's own code when it refuses; CentreError when the line fails
   */
  act(request: OfficeRequest): Promise<OfficeAnswer> {
    return this.ask('POST', '/act', officeAnswer, { body: request, base: OFFICE });
  }

  /** @throws like `act` */
  moveBlanks(request: BlanksRequest): Promise<BlanksAnswer> {
    return this.ask('POST', '/blanks', blanksAnswer, { body: request, base: OFFICE });
  }

  /** @throws like `act` */
  outage(request: OutageRequest): Promise<OutageAnswer> {
    return this.ask('POST', '/outage', outageAnswer, { body: request, base: OFFICE });
  }

  /** @throws YichuangError, CentreError as `act` */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.ask('POST', '/payment', paymentAnswer, { body: request, base: OFFICE });
  }

  /** @throws YichuangError, CentreError as `act` */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.ask('POST', '/reconcile', reconcileAnswer, { body: request, base: OFFICE });
  }

  /** A command to the queue desk; the same `commandId` again answers the same. @throws as `act` */
  queue(request: QueueRequest): Promise<QueueAnswer> {
    return this.ask('POST', '/queue', queueAnswer, {
      body: request,
      base: OFFICE,
      deadlineMs: QUEUE_DEADLINE_MS,
    });
  }

  /** What machines of the hall tell the hub of themselves, or ask of it; nothing of it is kept. @throws as `act` */
  ofHall<S extends z.ZodType>(path: string, schema: S, body?: unknown): Promise<z.output<S>> {
    const more = { base: OFFICE, deadlineMs: HALL_DEADLINE_MS } as const;
    if (body === undefined) return this.ask('GET', path, schema, more);
    return this.ask('POST', path, schema, { ...more, body });
  }

  /** The enrolled machines of the hall, as the centre keeps them. @throws as `act` */
  devices(request: DevicesRequest): Promise<DevicesAnswer> {
    return this.ask('POST', '/devices', devicesAnswer, { body: request, base: OFFICE });
  }
}

/** What is asked to compare a chain with what hub or centre has of it. */
export type ChainApi = Pick<CentreApi, 'version' | 'isSigning' | 'greet' | 'hello' | 'chainHash'>;
