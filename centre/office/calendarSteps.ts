import { hallDay } from '../../domain/time/hallTime.ts';
import type { Published } from '../ingest.ts';
import { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore } from '../store/types.ts';
import { takeOwnOp } from './ownOp.ts';

/**
 * What the centre does when a day has passed: a public notice whose period is over without objection ends (T19).
 * @param now milliseconds since 1970, UTC
 * @returns scopes that have new rows
 */
export async function takeCalendarSteps(store: CentreStore, now: number): Promise<Published[]> {
  const published: Published[] = [];
  for (const stream of store.casesUnderNotice()) {
    const scopes = await store.write([], (known) => {
      const ledger = new WorkingLedger(known);
      const held = ledger.findEntity(stream);
      const isOver =
        held?.entity.type === 'case' &&
        held.entity.record.state === 'NOTICE' &&
        (held.entity.record.notices.at(-1)?.until ?? '9999') < hallDay(now);
      if (held && isOver) {
        const body = { transition: 'T19', data: {} } as const;
        takeOwnOp(ledger, store.self, { hall: held.hall, kind: 'case.advanced', stream, actor: 'system', body }, now);
      }
      const decision = ledger.decision();
      return { decision, value: decision.scopes };
    });
    published.push(...scopes);
  }
  return published;
}
