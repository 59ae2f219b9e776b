import { parseOp } from '../../contract/ops.ts';
import { type Entity, ReduceError, reduce } from '../../domain/ledger/reduce.ts';
import type { Published } from '../ingest.ts';
import { reviewParked } from '../ledger/reviewParked.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import { followHall, readyAfter } from '../queue/follow.ts';
import type { PublishedStep } from '../store/relayTypes.ts';
import type { CentreStore, HeldEntity } from '../store/types.ts';
import { judgeParked, overtaken } from './asGiven.ts';

/**
 * Cases stand here as at the centre again: a step that is here alone, and that the centre has gone on without or has refused when
 * it was sent again, is kept without effect, and what the centre has published since takes effect. Windows hear of it by asking
 * the centre, as this hub did. A first step stays: its receipt is in the applicant's hand.
 * @param refused places in the log of rows that the centre has refused
 * @param now milliseconds since 1970, UTC
 * @throws StoreBusyError when it should be tried again later
 */
export async function yieldLone(
  store: CentreStore,
  hall: string,
  now: number,
  refused: readonly number[] = [],
): Promise<readonly Published[]> {
  const isRefused = new Set(refused);
  const cases = new Set(refused.flatMap((logPosition) => store.caseOfRow(logPosition) ?? []));
  if (cases.size === 0 && store.overtakenCases().length === 0) return [];
  return store.write<readonly Published[]>([], (known) => {
    const ledger = new WorkingLedger(known);
    for (const stream of new Set([...cases, ...store.overtakenCases()])) {
      const steps = store.stepsOf(stream);
      const isOut = ({ logPosition, isLone }: PublishedStep) => isRefused.has(logPosition) || isLone;
      const [first, ...more] = steps;
      const out = more.filter((step) => step.outcome === 'applied' && isOut(step));
      const entity = first && replay(steps.filter((step) => step.outcome === 'applied' && !out.includes(step)));
      const waiting = ledger.parkedIn(stream);
      const goesOn = waiting.some(({ op }) => op.base_ver === entity?.record.version);
      const isToYield = goesOn || out.some(({ logPosition }) => isRefused.has(logPosition));
      if (!entity || out.length === 0 || !isToYield) continue;
      const held: HeldEntity = { entity, hall };
      for (const { logPosition, op } of out) {
        const author = { device: op.device, hall, centre: false };
        ledger.settle({ logPosition, op, author, isPublished: true }, { ...overtaken(), held });
      }
      reviewParked(ledger, waiting, new Set(), judgeParked(true));
      followHall(ledger, store.self, [stream], now, readyAfter(waiting));
    }
    const decision = ledger.decision();
    return { decision, value: decision.scopes };
  });
}

/** @returns null: they do not follow one another, and nothing is touched */
function replay(steps: readonly PublishedStep[]): Entity | null {
  let entity: Entity | null = null;
  for (const { op } of steps) {
    const parsed = parseOp(op);
    if (!parsed.ok) return null;
    try {
      entity = reduce(entity, parsed.op);
    } catch (error) {
      if (error instanceof ReduceError) return null;
      throw error;
    }
  }
  return entity;
}
