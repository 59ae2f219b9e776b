import type { z } from 'zod';
import { YichuangError } from '../contract/errors.ts';
import { FENCE_HEADER } from '../contract/hub.ts';
import { officeRefusal } from '../contract/office.ts';
import { type LiveHint, liveHint, syncError } from '../contract/sync.ts';
import type { Exchange, Line, LineAnswer } from '../link/line.ts';
import { LiveLine } from '../link/liveLine.ts';
import { type Authority, type Identity, SignedLine } from '../link/signedLine.ts';
import { type TrafficClass, TrafficGate } from '../link/trafficGate.ts';
import { UnderWay } from '../link/underWay.ts';
import { CentreError, describeFailure, failLine } from './centreError.ts';

const NOTHING = (): ReadonlyMap<string, number> => new Map();
const SYNC = '/sync/v1';
export const OFFICE = '/office/v1';
export const HUB = '/hub/v1';

/** The line to hub or centre: who speaks, who goes first, and what an answer means. */
export class CentreLine {
  readonly url: string;
  readonly #line: SignedLine;
  readonly #liveLine: LiveLine;
  readonly #gate: TrafficGate;
  readonly #onHeard: () => void;
  /** Of the protocol: all of it is safe to repeat. */
  readonly #underWay = new UnderWay();
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

  /** So much got no answer that nothing is sent for a while. */
  get isGivenUp(): boolean {
    return this.#line.isGivenUp;
  }

  /** Something of the protocol waits for an answer longer than is usual. */
  get isSilent(): boolean {
    return this.#underWay.isSilent;
  }

  /**
   * Whether somebody answers, asked at once also of a line that was given up. It does nothing there. What waits on a dead
   * connection meanwhile is given up, and fails as `isOvertaken`.
   * @throws CentreError `offline` when nobody does within the time, or only what stands before a dead hub
   */
  reach(): Promise<void> {
    return this.#underWay.reach(this.#line).catch(failLine);
  }

  /** Another hub is asked from here on: what is asked of this one all the same fails as `isOvertaken`, and begins anew there. */
  leave(): void {
    this.#underWay.leave();
  }

  /** This one is asked again. */
  resume(): void {
    this.#underWay.resume();
  }

  /** Asks for a session to sign for. @returns who answered; null: somebody who knows of none @throws CentreError */
  greet(): Promise<Authority | null> {
    return this.#underWay.through((signal) => this.#line.greet({ signal })).catch(failLine);
  }

  /** The highest fence ever seen: a hub with a lower one is told so by every request. */
  setFence(fence: number): void {
    this.#line.headers.set(FENCE_HEADER, String(fence));
  }

  /** Hints until the connection ends, the centre falls silent, or `signal` fires. Losing one is harmless. */
  live(signal: AbortSignal): AsyncGenerator<LiveHint> {
    return this.#liveLine.hints(signal);
  }

  /**
   * One request; its answer is checked against the contract.
   * @throws CentreError when the line fails; YichuangError with the other side's own code when it refuses, but for what is of the protocol
   */
  protected async ask<S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: S,
    {
      base = SYNC,
      // Acts are what somebody waits for.
      traffic = base === SYNC ? 'records' : 'interactive',
      ...rest
    }: Omit<Exchange, 'method' | 'path'> & {
      base?: typeof SYNC | typeof OFFICE | typeof HUB;
      traffic?: TrafficClass;
    } = {},
  ): Promise<z.output<S>> {
    const leave = await this.#gate.enter(traffic);
    const send = (signal?: AbortSignal) =>
      this.#line.exchange({ method, path: base + path, ...rest, ...(signal && { signal }) });
    const answer = await (base === SYNC ? this.#underWay.through(send) : send()).catch(failLine).finally(leave);
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
