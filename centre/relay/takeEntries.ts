import type { RelayEntry, RelayResult } from '../../contract/relay.ts';
import { planeOf } from '../../domain/ledger/plane.ts';
import { isBefore } from '../identity/heads.ts';
import { judgeOp } from '../ledger/judge.ts';
import { chainHead, type PlanRules, planPush } from '../ledger/plan.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import type { DeviceKey, KnownSignedHead } from '../store/identityTypes.ts';
import { judgeAsGiven } from './asGiven.ts';

export interface EntryContext {
  /** Of the hub that sends. */
  hall: string;
  hallOfDevice: (device: string) => string | null;
  /** Undefined: of a hub. */
  terminalOf: (device: string) => string | undefined;
  /** Null: of a hub, and of whoever does not sign. */
  keyOf: (device: string) => DeviceKey | null;
  /** What the authors of these entries signed, and which of them stand below it. */
  authors: { heads: readonly KnownSignedHead[]; signed: ReadonlySet<RelayEntry['op']> };
  receivedAt: number;
  parse?: PlanRules['parse'];
}

/**
 * Decides what a hub forwards, in its order: run after run of one device and epoch, each verified like a push of that
 * device. A run that does not continue its chain is refused, and the others go on.
 */
export function planEntries(
  ledger: WorkingLedger,
  { hall, hallOfDevice, terminalOf, keyOf, authors, receivedAt, parse }: EntryContext,
  entries: readonly RelayEntry[],
): RelayResult[] {
  const given = new Map(entries.map(({ op, outcome, code }) => [op.op_id, { outcome, code }]));
  const judge: PlanRules['judge'] = (known, author, envelope, parseBody) => {
    const verdict = given.get(envelope.op_id);
    // What a hub could not read it has not decided; what another hub wrote, that one has.
    const isDecided = verdict && (verdict.outcome !== 'parked' || author.terminal === undefined);
    return isDecided && planeOf(envelope.kind) === 'hall'
      ? judgeAsGiven(known, author, envelope, verdict, parseBody)
      : judgeOp(known, author, envelope, parseBody);
  };
  return runsOf(entries).flatMap((ops): RelayResult[] => {
    const [{ device, epoch }] = ops;
    const refuse = (code: string, expected: number | null = null, of: readonly RelayEntry['op'][] = ops) =>
      of.map(({ op_id }): RelayResult => ({ op_id, outcome: 'refused', code, expected }));
    if (hallOfDevice(device) !== hall) return refuse('unauthorised');
    const key = keyOf(device);
    const known = chainHead(ledger, device, epoch).seq;
    const isVouchedFor = (op: RelayEntry['op']) =>
      key === null || op.seq <= known || isBefore(key, op) || authors.signed.has(op);
    const end = ops.findIndex((op) => !isVouchedFor(op));
    const own = end < 0 ? ops : ops.slice(0, end);
    const unsigned = end < 0 ? [] : refuse('unsigned', null, ops.slice(end));
    if (own.length === 0) return unsigned;
    const push = { author: { device, hall, centre: false, terminal: terminalOf(device) }, epoch, ops: own };
    const verdict = planPush(ledger, push, receivedAt, { parse, judge });
    if (verdict.kind === 'gap') return refuse('gap', verdict.expected);
    if (verdict.kind === 'refused') return refuse(verdict.reason);
    for (const head of authors.heads) {
      const isOfRun = head.device === device && head.epoch === epoch && own.some(({ seq }) => seq === head.seq);
      if (isOfRun) ledger.noteSigned(head);
    }
    const results = verdict.results.map(({ op_id, outcome, code }): RelayResult => {
      if (outcome === 'held') throw new Error('a centre holds nothing');
      return { op_id, outcome, code, expected: null };
    });
    return [...results, ...unsigned];
  });
}

type Ops = RelayEntry['op'][];

/** Consecutive entries of one device and epoch, together. */
function runsOf(entries: readonly RelayEntry[]): [Ops[number], ...Ops][] {
  const runs: [Ops[number], ...Ops][] = [];
  for (const { op } of entries) {
    const run = runs.at(-1);
    if (run && run[0].device === op.device && run[0].epoch === op.epoch) run.push(op);
    else runs.push([op]);
  }
  return runs;
}
