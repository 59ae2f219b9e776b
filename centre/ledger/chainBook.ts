import type { OpEnvelope } from '../../contract/ops.ts';
import type { ChainHead, Decision, FirstOp, KnownLedger, KnownOp, NewOp } from '../store/types.ts';

type KnownChains = Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'findOp' | 'hasOpId' | 'findFirst' | 'findOpStream'>;

/** The log and its chains as they will be once the group is committed; the part of the working ledger about who wrote what. */
export class ChainBook implements KnownChains {
  readonly #known: KnownChains;
  readonly #newOps: NewOp[] = [];
  readonly #opsBySeq = new Map<string, KnownOp>();
  readonly #opIds = new Set<string>();
  readonly #heads = new Map<string, Decision['heads'][number]>();

  constructor(known: KnownChains) {
    this.#known = known;
  }

  /** The ops this group has taken so far, with what became of each. */
  get newOps(): NewOp[] {
    return this.#newOps;
  }

  findHead(device: string, epoch: number): ChainHead | null {
    return this.#heads.get(chainKey(device, epoch))?.head ?? this.#known.findHead(device, epoch);
  }

  newestEpoch(device: string): number {
    let newest = this.#known.newestEpoch(device);
    for (const head of this.#heads.values()) if (head.device === device && head.epoch > newest) newest = head.epoch;
    return newest;
  }

  findOp(device: string, epoch: number, seq: number): KnownOp | null {
    return this.#opsBySeq.get(opKey(device, epoch, seq)) ?? this.#known.findOp(device, epoch, seq);
  }

  hasOpId(opId: string): boolean {
    return this.#opIds.has(opId.toLowerCase()) || this.#known.hasOpId(opId);
  }

  findFirst(opId: string): FirstOp | null {
    const fresh = this.#findFresh(opId);
    if (!fresh) return this.#known.findFirst(opId);
    return { envelope: fresh.op, outcome: fresh.outcome, code: fresh.code, logPosition: null };
  }

  findOpStream(opId: string): string | null {
    return this.#findFresh(opId)?.op.stream ?? this.#known.findOpStream(opId);
  }

  /** The op is in the log from now on. @param device of its author */
  note(device: string, newOp: NewOp): void {
    const { op, outcome, code, isRepeat } = newOp;
    this.#opsBySeq.set(opKey(device, op.epoch, op.seq), { outcome, code, hash: op.hash, logPosition: null });
    if (!isRepeat) this.#opIds.add(op.op_id.toLowerCase());
    this.#newOps.push(newOp);
  }

  /** The chain ends with this from now on. */
  setHead(device: string, epoch: number, { seq, hash }: Pick<OpEnvelope, 'seq' | 'hash'>): void {
    this.#heads.set(chainKey(device, epoch), { device, epoch, head: { seq, hash } });
  }

  changes(): Pick<Decision, 'newOps' | 'heads'> {
    return { newOps: this.#newOps, heads: [...this.#heads.values()] };
  }

  #findFresh(opId: string): NewOp | undefined {
    return this.#newOps.find(({ op, isRepeat }) => !isRepeat && op.op_id.toLowerCase() === opId.toLowerCase());
  }
}

function chainKey(device: string, epoch: number): string {
  return `${device}/${epoch}`;
}

function opKey(device: string, epoch: number, seq: number): string {
  return `${device}/${epoch}/${seq}`;
}
