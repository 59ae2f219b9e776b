import type { z } from 'zod';
import { type BlanksAnswer, type BlanksRequest, blanksAnswer } from '../contract/blanks.ts';
import { type DevicesAnswer, type DevicesRequest, devicesAnswer } from '../contract/devices.ts';
import { YichuangError } from '../contract/errors.ts';
import { FENCE_HEADER, type HubState, hubState, type TakeOverRequest, takeOverAnswer } from '../contract/hub.ts';
import {
  type MachineList,
  type MachineReport,
  type MachineReportAnswer,
  machineList,
  machineReportAnswer,
} from '../contract/machines.ts';
import { type OfficeAnswer, type OfficeRequest, officeAnswer, officeRefusal } from '../contract/office.ts';
import { type OutageAnswer, type OutageRequest, outageAnswer } from '../contract/outage.ts';
import {
  type PaymentAnswer,
  type PaymentRequest,
  paymentAnswer,
  type ReconcileAnswer,
  type ReconcileRequest,
  reconcileAnswer,
} from '../contract/payment.ts';
import {
  type PresenceAnswer,
  type PresenceRequest,
  presenceAnswer,
  type QueueAnswer,
  type QueueRequest,
  queueAnswer,
} from '../contract/queue.ts';
import { type PresenceList, presenceList } from '../contract/queuePresence.ts';
import {
  chainAnswer,
  type EnrolAnswer,
  type EnrolRequest,
  enrolAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type LiveHint,
  liveHint,
  type MinimalPullAnswer,
  minimalPullAnswer,
  type OutcomesAnswer,
  outcomesAnswer,
  PREFER_HEADER,
  PREFERS_MINIMAL,
  type PushAnswer,
  pullAnswer,
  pushAnswer,
  type SnapshotAnswer,
  snapshotAnswer,
  syncError,
  WRITES_IN_HEADER,
} from '../contract/sync.ts';
import type { Exchange, Line, LineAnswer } from '../link/line.ts';
import { LiveLine } from '../link/liveLine.ts';
import { type Authority, type Identity, SignedLine } from '../link/signedLine.ts';
import { TrafficGate } from '../link/trafficGate.ts';
import { CentreError, describeFailure, failLine } from './centreError.ts';

const NOTHING = (): ReadonlyMap<string, number> => new Map();
const MINIMAL = { [PREFER_HEADER]: PREFERS_MINIMAL };
const SYNC = '/sync/v1';
const OFFICE = '/office/v1';
const HUB = '/hub/v1';
/** Of a hub that may be dead, ms. */
const STATE_DEADLINE_MS = 3_000;
/** Somebody stands at the window; the same command again is safe. */
const QUEUE_DEADLINE_MS = 4_000;
const PRESENCE_DEADLINE_MS = 3_000;

/** Calls to the hub or centre (contract/sync.ts). Answers are checked against the contract; bodies are never logged. */
export class CentreApi {
  readonly url: string;
  readonly #line: SignedLine;
  readonly #liveLine: LiveLine;
  readonly #gate: TrafficGate;
  readonly #onHeard: () => void;
  /** Of the protocol, as agreed at the last hello; before the first only what every version knows is said. */
  version = 1;

  /**
   * @param onHeard who decides there has answered, whatever he said
   * @param known positions of scopes of which a hint is no news
   * @param gate of the machine's line: who may send
   */
  constructor(
    url: string,
    line: Line,
    onHeard: () => void = () => {},
    known: () => ReadonlyMap<string, number> = NOTHING,
    gate = new TrafficGate(),
  ) {
    this.#gate = gate;
    this.url = url;
    this.#line = new SignedLine(line);
    this.#onHeard = onHeard;
    this.#liveLine = new LiveLine({
      line,
      readHint: (data) => liveHint.safeParse(data).data ?? null,
      known,
      canWait: () => this.version >= 3,
    });
  }

  setToken(token: string): void {
    this.#line.setToken(token);
  }

  setIdentity(identity: Identity): void {
    this.#line.setIdentity(identity);
  }

  /** What is sent there is signed: there is a key, and who answers knows it. */
  get isSigning(): boolean {
    return this.#line.isSigning;
  }

  /** Asks for a session to sign for. @returns who answered; null: somebody who knows of none @throws CentreError */
  greet(): Promise<Authority | null> {
    return this.#line.greet().catch(failLine);
  }

  /** The highest fence ever seen: a hub with a lower one is told so by every request. */
  setFence(fence: number): void {
    this.#line.headers.set(FENCE_HEADER, String(fence));
  }

  /** How a hub stands. @throws CentreError; `protocol` for an address that is no hub of this kind */
  hubState(): Promise<HubState> {
    return this.#exchange('GET', '/state', hubState, { base: HUB, deadlineMs: STATE_DEADLINE_MS });
  }

  /** @throws YichuangError with the hub's refusal; CentreError when the line fails */
  takeOver(request: TakeOverRequest): Promise<{ fence: number }> {
    return this.#exchange('POST', '/take-over', takeOverAnswer, { body: request, base: HUB });
  }

  enrol(request: EnrolRequest): Promise<EnrolAnswer> {
    return this.#exchange('POST', '/enrol', enrolAnswer, { body: request });
  }

  hello(request: HelloRequest): Promise<HelloAnswer> {
    return this.#exchange('POST', '/hello', helloAnswer, { body: request });
  }

  /** Hash of an own op as the centre has it; null when it has none under that number. */
  async chainHash(epoch: number, seq: number): Promise<string | null> {
    const query = new URLSearchParams({ epoch: String(epoch), seq: String(seq) });
    return (await this.#exchange('GET', `/chain?${query.toString()}`, chainAnswer)).hash;
  }

  /**
   * @param request JSON of a `pushRequest`
   * @param writesIn of ops of an earlier epoch: the present one
   * @returns of ops that were applied no result, where the other side can leave them out
   */
  push(request: Uint8Array, writesIn?: number): Promise<PushAnswer> {
    const headers = writesIn === undefined ? MINIMAL : { ...MINIMAL, [WRITES_IN_HEADER]: String(writesIn) };
    return this.#exchange('POST', '/push', pushAnswer, { body: request, headers });
  }

  /** What became of own ops that the hub held; up to the first that it still holds. */
  async outcomes(epoch: number, after: number): Promise<OutcomesAnswer['results']> {
    const query = new URLSearchParams({ epoch: String(epoch), after: String(after) });
    return (await this.#exchange('GET', `/outcomes?${query.toString()}`, outcomesAnswer)).results;
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
      ? this.#exchange('GET', path, minimalPullAnswer, { headers: MINIMAL })
      : this.#exchange('GET', path, pullAnswer);
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
    return this.#exchange('GET', `/snapshot?${query.toString()}`, snapshotAnswer);
  }

  /**
   * Asks the centre to act on a case.
   * @throws YichuangError with the centre's own code when it refuses; CentreError when the line fails
   */
  act(request: OfficeRequest): Promise<OfficeAnswer> {
    return this.#exchange('POST', '/act', officeAnswer, { body: request, base: OFFICE });
  }

  /** @throws like `act` */
  moveBlanks(request: BlanksRequest): Promise<BlanksAnswer> {
    return this.#exchange('POST', '/blanks', blanksAnswer, { body: request, base: OFFICE });
  }

  /** @throws like `act` */
  outage(request: OutageRequest): Promise<OutageAnswer> {
    return this.#exchange('POST', '/outage', outageAnswer, { body: request, base: OFFICE });
  }

  /** @throws YichuangError, CentreError as `act` */
  payment(request: PaymentRequest): Promise<PaymentAnswer> {
    return this.#exchange('POST', '/payment', paymentAnswer, { body: request, base: OFFICE });
  }

  /** @throws YichuangError, CentreError as `act` */
  reconcile(request: ReconcileRequest): Promise<ReconcileAnswer> {
    return this.#exchange('POST', '/reconcile', reconcileAnswer, { body: request, base: OFFICE });
  }

  /** A command to the queue desk; the same `commandId` again answers the same. @throws as `act` */
  queue(request: QueueRequest): Promise<QueueAnswer> {
    return this.#exchange('POST', '/queue', queueAnswer, {
      body: request,
      base: OFFICE,
      deadlineMs: QUEUE_DEADLINE_MS,
    });
  }

  /** Whom the hub hears. @throws as `act` */
  presences(): Promise<PresenceList> {
    return this.#exchange('GET', '/queue/presence', presenceList, { base: OFFICE, deadlineMs: PRESENCE_DEADLINE_MS });
  }

  /** @throws as `act` */
  presence(request: PresenceRequest): Promise<PresenceAnswer> {
    return this.#exchange('POST', '/queue/presence', presenceAnswer, {
      body: request,
      base: OFFICE,
      deadlineMs: PRESENCE_DEADLINE_MS,
    });
  }

  /** What this machine says of itself; a hub of an older program knows nothing of it (`protocol`). @throws as `act` */
  reportMachine(report: MachineReport): Promise<MachineReportAnswer> {
    return this.#exchange('POST', '/queue/machines', machineReportAnswer, {
      body: report,
      base: OFFICE,
      deadlineMs: PRESENCE_DEADLINE_MS,
    });
  }

  /** What the machines of the hall say of themselves. @throws as `act` */
  machines(): Promise<MachineList> {
    return this.#exchange('GET', '/queue/machines', machineList, { base: OFFICE, deadlineMs: PRESENCE_DEADLINE_MS });
  }

  /** The enrolled machines of the hall, as the centre keeps them. @throws as `act` */
  devices(request: DevicesRequest): Promise<DevicesAnswer> {
    return this.#exchange('POST', '/devices', devicesAnswer, { body: request, base: OFFICE });
  }

  /** Hints until the connection ends, the centre falls silent, or `signal` fires. Losing one is harmless. */
  live(signal: AbortSignal): AsyncGenerator<LiveHint> {
    return this.#liveLine.hints(signal);
  }

  async #exchange<S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: S,
    {
      base = SYNC,
      ...rest
    }: Omit<Exchange, 'method' | 'path'> & { base?: typeof SYNC | typeof OFFICE | typeof HUB } = {},
  ): Promise<z.output<S>> {
    // Acts are what somebody waits for.
    const leave = await this.#gate.enter(base === SYNC ? 'records' : 'interactive');
    const answer = await this.#line
      .exchange({ method, path: base + path, ...rest })
      .catch(failLine)
      .finally(leave);
    if (isFromWhoDecides(answer, base)) this.#onHeard();
    if (answer.ok) {
      const parsed = schema.safeParse(answer.body);
      if (!parsed.success)
        throw new CentreError('protocol', `answer to ${path.split('?')[0]} does not fit the contract`);
      return parsed.data;
    }
    if (syncError.safeParse(answer.body).data?.code === 'not-active') throw new CentreError('not-active', path);
    const refusal = officeRefusal.safeParse(answer.body);
    if (base !== SYNC && refusal.success) throw new YichuangError(refusal.data.code);
    throw describeFailure(answer);
  }
}

/**
 * What stands before a dead hub may still answer for it, and a standby answers for nobody: neither may keep a window from
 * going on by itself.
 */
function isFromWhoDecides({ status, body }: LineAnswer, base: string): boolean {
  if (base === HUB || status === 429 || status >= 500) return false;
  return syncError.safeParse(body).data?.code !== 'not-active';
}
