import { isLongOver, SHORT_LIVED_STREAMS } from '../domain/ledger/compaction.ts';
import { WorkingLedger } from './ledger/workingLedger.ts';
import type { CentreStore } from './store/types.ts';

export interface Compacted {
  /** Rows of the hall's scope up to here are given out as a snapshot only. */
  floor: number;
  /** Rows that a snapshot leaves out from now on. */
  leftOut: number;
}

/**
 * From now on a machine that has not read what a hall did before a day gets a snapshot without what was over by then. The
 * log keeps every op: nothing is removed.
 * @param day local day, ISO
 */
export async function compactHall(store: CentreStore, hall: string, day: string): Promise<Compacted> {
  const scope = `hall:${hall}`;
  const before = Date.parse(`${day}T00:00:00+08:00`);
  const found = SHORT_LIVED_STREAMS.map((kind) => store.streamsBefore(scope, kind, before));
  const floor = Math.min(...found.map((each) => each.floor));
  const places = found.flatMap((each) => each.places).filter(({ pos }) => pos <= floor);
  const over = await store.write([], (known) => {
    const streams = new Set(places.map(({ stream }) => stream));
    const value = [...streams].filter((stream) => {
      const held = known.findEntity(stream);
      return held !== null && isLongOver(held.entity, day) && !known.isParked(stream);
    });
    return { decision: new WorkingLedger(known).decision(), value: new Set(value) };
  });
  const leftOut = places.filter(({ stream }) => over.has(stream)).map(({ pos }) => pos);
  store.compactScope(scope, floor, leftOut);
  return { floor, leftOut: leftOut.length };
}
