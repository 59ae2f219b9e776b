import type { Receipt } from '../contract/signing.ts';
import { type HelloAnswer, PROTOCOL_VERSIONS } from '../contract/sync.ts';
import { readMeta, writeMeta } from '../db/meta.ts';
import { beginEpochAfterLoss } from '../db/newEpoch.ts';
import type { Store } from '../db/store.ts';
import { askAfterSalvage } from './askAfterSalvage.ts';
import type { ChainApi } from './centreApi.ts';
import { CentreError } from './centreError.ts';
import { findLeftBehind } from './leftBehind.ts';

export type Continuity = 'same' | 'older-copy' | 'cloned';

export interface ContinuityOptions {
  /** Hears of who answers, before anything else is done; may throw. */
  onHub?: (hub: { fence: number; spreadMs: number }) => void;
  /** Who answers has signed for more than he has: his log was cut or written anew. */
  onContradicted?: (found: { epoch: number; promised: number; there: number }) => void;
  /** Epoch in which another machine was found to write as this one does, whatever who answers has of it; null: in none. */
  overtakenIn?: number | null;
  /** Another machine writes as this one does, and not for the first time; throws when this one is to step aside. */
  beforeNewEpoch?: () => void;
}

/**
 * Asks whether the chain here and what the centre has of it are one, before anything is sent. When they are not, this
 * machine goes on under a new epoch: what the centre can never take under its old number goes over into the new chain.
 * - `older-copy`: the centre has more of us than we have, or its own data were put back: an old copy is in place here or there
 * - `cloned`: under our numbers the centre has other ops; two copies of the data are at work
 */
export async function ensureContinuity(
  store: Store,
  api: ChainApi,
  now: () => number,
  { onHub = () => {}, onContradicted, overtakenIn = null, beforeNewEpoch = () => {} }: ContinuityOptions = {},
): Promise<Continuity> {
  const { ledger, delivery, identity } = store;
  const authority = await api.greet();
  await askAfterSalvage(store, api, now, onHub);
  const { epoch } = ledger;
  const head = ledger.head();
  const receipt = authority && api.isSigning ? identity.receiptOf(authority.device, epoch) : null;
  const hello = await api.hello({
    versions: [...PROTOCOL_VERSIONS],
    device: ledger.device,
    epoch,
    seq: head.seq,
    hash: head.hash,
    ...(receipt && { receipt }),
  });
  onHub({ fence: hello.fence ?? 0, spreadMs: hello.spreadMs ?? 0 });
  api.version = hello.version;
  noteHub(store, hello.hub ?? null);
  const isPutBack = wasPutBack(store, hello);
  if (receipt && (await isContradicted(api, receipt, hello)))
    onContradicted?.({ epoch, promised: receipt.acked, there: hello.acked });
  // What was sent meanwhile, by a push that was under way, is ours too.
  const isOurs = ledger.epoch === epoch && ledger.hashAt(hello.acked) === hello.head;
  const isAhead = (hello.acked > head.seq && !isOurs) || hello.newestEpoch > epoch;
  const agrees = hello.agrees ?? ledger.hashAt(hello.acked) === hello.head;
  if (agrees && !isAhead && overtakenIn === null) {
    const { acked } = delivery.progress();
    if (hello.newestEpoch < epoch) await lookBehind(store, api, hello.newestEpoch);
    // At once: whoever died between the two would not know any more that what is sent again has been acknowledged, and
    // give it other numbers than its receipt says.
    ledger.transact(() => {
      // A centre that was restored itself lacks what it once acknowledged: it is sent again.
      if (hello.acked < acked)
        delivery.recordPush({ acked: hello.acked, head: hello.head }, [], hello.centreTime, epoch);
      if (isPutBack) goOnElsewhere(store, hello, Math.max(acked, hello.acked, promisedIn(store, receipt)), now());
      noteHubEpoch(store, hello);
    });
    return isPutBack ? 'older-copy' : 'same';
  }

  beforeNewEpoch();
  const common = isOurs ? hello.acked : Math.min(hello.acked, head.seq);
  const keep = agrees ? common : await findLastCommon(store, api, hello.acked);
  const leftBehind = await findLeftBehind(store, api, hello.newestEpoch);
  const reason = agrees && overtakenIn === null ? 'older-copy' : 'cloned';
  ledger.transact(() => {
    beginEpochAfterLoss(store, {
      reason,
      above: Math.max(hello.newestEpoch, overtakenIn ?? 0),
      // Under the old numbers the centre takes no more once it knows a newer epoch, or has other ops there; so it has, too,
      // under those that were used here while it was asked.
      keep,
      leftBehind,
      now: now(),
    });
    noteHubEpoch(store, hello);
    // What became of those it has beyond our receipt is not known here: sent once more, each is answered as the first time.
    if (delivery.progress(epoch).acked < keep) return;
    const at = { acked: Math.max(hello.acked, keep), head: hello.head };
    delivery.recordPush(at, [], hello.centreTime, epoch);
  });
  return reason;
}

/**
 * It knows nothing of the present epoch: of earlier ones, too, it may lack what it once acknowledged. Those before its newest
 * were whole when that one began.
 */
async function lookBehind(store: Store, api: ChainApi, newest: number): Promise<void> {
  const { ledger, delivery } = store;
  for (const { epoch, acked } of delivery.acknowledged()) {
    if (epoch < newest || epoch === ledger.epoch || acked === 0) continue;
    const seq = ledger.seqsOf(epoch).findLast((each) => each <= acked) ?? 0;
    const hash = ledger.hashAt(seq, epoch) ?? '';
    const hello = await api.hello({ versions: [...PROTOCOL_VERSIONS], device: ledger.device, epoch, seq, hash });
    if (hello.acked < acked) delivery.recordPush({ acked: hello.acked, head: hello.head }, [], hello.centreTime, epoch);
  }
}

/** What was promised must be there; that we have gone another way after it is no fault of his. */
async function isContradicted(
  api: ChainApi,
  { epoch, acked, head }: Receipt,
  hello: Pick<HelloAnswer, 'acked' | 'agrees'>,
): Promise<boolean> {
  if (hello.acked < acked) return true;
  if (hello.agrees !== false) return false;
  // Null: a hub, to which it came by another way.
  const theirs = await api.chainHash(epoch, acked);
  return theirs !== null && theirs !== head;
}

/** What was acknowledged once stays under its number, also when it was sent again since: others may have read it there. */
function promisedIn({ ledger }: Store, receipt: Receipt | null): number {
  return receipt && ledger.hashAt(receipt.acked, receipt.epoch) === receipt.head ? receipt.acked : 0;
}

/**
 * Somebody else answers: what he has published under a position is not what the other one had there. What the other one
 * decided last he may never have heard of, and has decided otherwise.
 */
function noteHub({ db, ledger, delivery }: Store, hub: string | null): void {
  if (hub === null || hub === readMeta(db, 'hub-id')) return;
  ledger.transact(() => {
    delivery.readAllAnew();
    writeMeta(db, 'hub-id', hub);
  });
}

/** The data of whoever answers were put back to an older copy since this machine heard of him last. */
function wasPutBack({ db }: Store, { hub, hubEpoch }: HelloAnswer): boolean {
  const [known, epoch] = (readMeta(db, 'hub-epoch') ?? '').split('/');
  return hub !== undefined && hubEpoch !== undefined && known === hub && hubEpoch > Number(epoch);
}

function noteHubEpoch({ db }: Store, { hub, hubEpoch }: HelloAnswer): void {
  if (hub !== undefined && hubEpoch !== undefined) writeMeta(db, 'hub-epoch', `${hub}/${hubEpoch}`);
}

/**
 * He lacks what he had, so he could not tell if these data lacked it, too: others may have read more of this machine than
 * either knows of. What follows has numbers that nobody has seen, and so has what waits: it may have been written since.
 * @param keep last op that is known to have been acknowledged
 */
function goOnElsewhere(store: Store, hello: HelloAnswer, keep: number, now: number): void {
  beginEpochAfterLoss(store, { reason: 'older-copy', above: hello.newestEpoch, keep, now });
}

/**
 * The last op up to which both chains are one. A chain hash stands for everything before it, so halving finds it.
 * @param acked ops of this epoch at the centre
 */
async function findLastCommon(store: Store, api: ChainApi, acked: number): Promise<number> {
  const { ledger } = store;
  let common = 0;
  let differs = Math.min(acked, ledger.head().seq) + 1;
  while (differs - common > 1) {
    const middle = Math.floor((common + differs) / 2);
    const theirs = await api.chainHash(ledger.epoch, middle);
    if (theirs === null) throw new CentreError('protocol', 'the centre does not know its own chain');
    if (theirs === ledger.hashAt(middle)) common = middle;
    else differs = middle;
  }
  return common;
}
