import type { RelayEntry, RelayResult } from '../contract/relay.ts';
import { GroupCommit, OverloadedError } from './groupCommit.ts';
import { signedOps } from './identity/heads.ts';
import type { Intake } from './intake/intake.ts';
import { WorkingRoom } from './intake/planHold.ts';
import type { WaitingRoom } from './intake/waitingRoom.ts';
import type { ParseOp } from './ledger/judge.ts';
import { type PlanRules, type PushVerdict, planPush } from './ledger/plan.ts';
import { reviewParked, reviewWaiting } from './ledger/reviewParked.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import { judgeParked } from './relay/asGiven.ts';
import { type EntryContext, planEntries } from './relay/takeEntries.ts';
import type { KnownSignedHead } from './store/identityTypes.ts';
import { type CentreStore, type Push, StoreBusyError } from './store/types.ts';
import type { WaitingPush } from './store/waitingTypes.ts';

/** Ops in one transaction: with more, those who came first wait longer without more getting through. */
const MAX_GROUP_OPS = 1024;
/** Ops that may wait in memory; at some 2 KiB each. */
const MAX_WAITING_OPS = 16_384;

/** A push of one terminal, which may be held as its text, or has waited so; or what the hub of a hall forwards. */
type Incoming =
  | (Push & { text?: Uint8Array; waited?: WaitingPush })
  | { hall: string; entries: readonly RelayEntry[]; authors: EntryContext['authors'] };
type Verdict = TakenOrHeld | RelayResult[] | 'behind' | 'unheld';
/** `held`: all of it is durable, and will be judged. */
export type TakenOrHeld = PushVerdict | { kind: 'held'; acked: number; head: string };

export interface Published {
  scope: string;
  head: number;
}

export interface IngestOptions {
  store: CentreStore;
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  /** After COMMIT: scopes that have new rows. */
  onPublished: (scopes: readonly Published[]) => void;
  /** What the centre does by itself about the streams of a group, in the same transaction. */
  follow?: (ledger: WorkingLedger, streams: readonly string[], receivedAt: number) => void;
  /** Which bodies this centre understands. */
  parse?: ParseOp;
  /** After each durable transaction: its ops, and the seconds it took. */
  onCommit?: ((ops: number, seconds: number) => void) | undefined;
  /** Of a hub: who decides about what. */
  rules?: Omit<PlanRules, 'parse'> | undefined;
  /** Where pushes of long backlogs wait; none where all are judged at once. */
  intake?: (Pick<Intake, 'settled' | 'noteHeld' | 'refresh'> & { room: WaitingRoom }) | undefined;
}

export interface Ingest {
  /** A push is examined, and comes as soon as that has ended: those decided next wait for it. */
  expect<T>(examined: Promise<T>): Promise<T>;
  /**
   * Resolves once every op of the push is durable with its outcome, or nothing of it was taken.
   * @param text JSON of the request, of who agrees that the push is held and judged later
   * @throws StoreBusyError or OverloadedError when it should be tried again later
   */
  push(push: Push, text?: Uint8Array): Promise<TakenOrHeld>;
  /** Judges a push that was held; it waits no more when this resolves with `taken`. @throws as `push` */
  judge(waited: WaitingPush, push: Push): Promise<PushVerdict>;
  /**
   * Takes what the hub of a hall forwards; durable when this resolves, each entry with its own result.
   * @param heads signed by the authors, and checked
   * @throws StoreBusyError or OverloadedError when it should be tried again later
   */
  relay(hall: string, entries: readonly RelayEntry[], heads?: readonly KnownSignedHead[]): Promise<RelayResult[]>;
  /** Judges again what an older centre had to park. @returns how many ops were settled */
  review(): Promise<number>;
  drain(): Promise<void>;
}

function isPush(incoming: Incoming): incoming is Push {
  return 'ops' in incoming;
}

/** The way into the ledger: pushes that arrive together are decided one after the other and committed together. */
export function createIngest(options: IngestOptions): Ingest {
  const { store, now, onPublished, follow, parse, rules, onCommit, intake } = options;
  const isHub = rules !== undefined;
  const weigh = (each: Incoming) => (isPush(each) ? each.ops : each.entries).length;
  const commits = new GroupCommit<Incoming, Verdict>({
    commit: commitGroup,
    isWorthSplitting: (error) => !(error instanceof StoreBusyError),
    weigh,
    // A hall that sends without end holds up itself; in a hub there is one hall, and the machines take turns.
    laneOf: (each) => (isPush(each) ? (isHub ? each.author.device : each.author.hall) : each.hall),
    maxGroup: MAX_GROUP_OPS,
    maxWaiting: MAX_WAITING_OPS,
  });

  async function commitGroup(group: readonly Incoming[]): Promise<Verdict[]> {
    const startedAt = performance.now();
    const room = intake && new WorkingRoom(intake.room);
    const { verdicts, published } = await store.write(group.filter(isPush), (known) => {
      const ledger = new WorkingLedger(known);
      intake?.refresh();
      const receivedAt = now();
      const hallOfDevice = (device: string) => store.hallOfDevice(device);
      const terminalOf = (device: string) => store.terminalOf(device);
      const keyOf = (device: string) => store.authorKeyOf(device);
      const take = (each: Incoming): Verdict => {
        if (!isPush(each)) {
          if (room && each.entries.some(({ op }) => room.hasDevice(op.device))) return 'behind';
          return planEntries(ledger, { ...each, hallOfDevice, terminalOf, keyOf, receivedAt, parse }, each.entries);
        }
        if (each.text && room) {
          const tail = room.hold(ledger, each, each.text, receivedAt);
          return tail ? { kind: 'held', acked: tail.seq, head: tail.hash } : 'unheld';
        }
        if (each.waited && room) return judgeWaited(ledger, room, each, each.waited);
        if (room?.hasDevice(each.author.device)) return 'behind';
        return planPush(ledger, each, receivedAt, { ...rules, parse });
      };
      const verdicts = group.map(take);
      reviewWaiting(ledger, judgeParked(isHub), parse);
      follow?.(ledger, ledger.changedStreams(), receivedAt);
      const decision = { ...ledger.decision(), waiting: room?.changes() };
      return { decision, value: { verdicts, published: decision.scopes } };
    });
    room?.apply();
    onCommit?.(
      group.reduce((sum, each) => sum + weigh(each), 0),
      (performance.now() - startedAt) / 1000,
    );
    if (published.length > 0) onPublished(published);
    return verdicts;
  }

  /** As if it were taken when it came; with the same transaction it waits no more. */
  function judgeWaited(ledger: WorkingLedger, room: WorkingRoom, push: Push, waited: WaitingPush): Verdict {
    const verdict = planPush(ledger, push, waited.receivedAt, { parse, isPromised: true });
    if (verdict.kind === 'taken') room.remove(waited);
    return verdict;
  }

  async function push(push: Push, text?: Uint8Array): Promise<TakenOrHeld> {
    if (text && intake?.room.admits(push.author.hall, push.ops.length)) {
      const verdict = (await commits.submit({ ...push, text })) as TakenOrHeld | 'unheld';
      if (verdict !== 'unheld') {
        intake.noteHeld();
        return verdict;
      }
    }
    return submitInTurn<PushVerdict>(push.author.hall, push);
  }

  /** After all that waited of the hall when it came, so that nothing overtakes; and that waits of its device. */
  async function submitInTurn<V extends Verdict>(hall: string, incoming: Incoming): Promise<V> {
    for (;;) {
      await intake?.settled(hall);
      const verdict = (await commits.submit(incoming)) as V | 'behind';
      if (verdict !== 'behind') return verdict;
    }
  }

  async function review(): Promise<number> {
    const stuck = new Set<string>();
    let after = 0;
    let settled = 0;
    for (;;) {
      const parkedOps = await store.parkedOps(after, MAX_GROUP_OPS);
      const last = parkedOps.at(-1);
      if (!last) return settled;
      after = last.logPosition;
      const { value, published } = await store.write([], (known) => {
        const ledger = new WorkingLedger(known);
        const value = reviewParked(ledger, parkedOps, stuck, judgeParked(isHub), parse);
        follow?.(ledger, ledger.changedStreams(), now());
        const decision = ledger.decision();
        return { decision, value: { value, published: decision.scopes } };
      });
      settled += value;
      if (published.length > 0) onPublished(published);
    }
  }

  async function relay(
    hall: string,
    entries: readonly RelayEntry[],
    heads: readonly KnownSignedHead[] = [],
  ): Promise<RelayResult[]> {
    const signed = signedOps(
      entries.map(({ op }) => op),
      heads,
    );
    return relaySigned(hall, entries, { heads, signed });
  }

  async function relaySigned(
    hall: string,
    entries: readonly RelayEntry[],
    authors: EntryContext['authors'],
  ): Promise<RelayResult[]> {
    try {
      return await submitInTurn<RelayResult[]>(hall, { hall, entries, authors });
    } catch (error) {
      if (error instanceof StoreBusyError || error instanceof OverloadedError) throw error;
      const [only, ...others] = entries;
      if (only && others.length === 0) {
        return [{ op_id: only.op.op_id, outcome: 'refused', code: 'internal', expected: null }];
      }
      // One of them makes it fail, and must not hold up the others.
      const results: RelayResult[] = [];
      for (const entry of entries) results.push(...(await relaySigned(hall, [entry], authors)));
      return results;
    }
  }

  return {
    expect: (examined) => commits.expect(examined),
    push,
    judge: async (waited, push) => (await commits.submit({ ...push, waited })) as PushVerdict,
    relay,
    review,
    drain: () => commits.drain(),
  };
}
