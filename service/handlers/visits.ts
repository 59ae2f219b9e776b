import type { visitsMethods } from '../../contract/rpc/visits.ts';
import { findVisitProblem, isVisitable } from '../../domain/appointment/homeVisit.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Handlers } from '../context.ts';

/** Today and the next six days. */
const AHEAD_MS = 6 * 24 * 3_600_000;

/** Home visits, at the laptop that goes along. */
export const visitsHandlers: Handlers<keyof typeof visitsMethods> = {
  'visits.planned': ({ context, connection }) => {
    const { store, sessions, config } = context;
    const { staff } = sessions.require(connection);
    const names = store.staff.names();
    const by = { terminal: config.terminal.id, clerk: staff.number };
    const now = context.now();
    const rows = store.hall.byDays('appointment', hallDay(now), hallDay(now + AHEAD_MS)).flatMap((record) => {
      const { id, day, slot, itemCode, visit, state, name, phone } = record;
      if (visit?.terminal !== by.terminal || !isVisitable(record)) return [];
      const { address, reasonClass } = visit;
      return {
        ...{ id, day, slot, address, reasonClass, itemCode },
        itemName: findItem(itemCode, context.catalogueInForce())?.name ?? itemCode,
        isDone: state === 'done',
        staffNames: visit.staff.map((number) => names.get(number) ?? number),
        contact: findVisitProblem(record, by) === null ? { name, phone } : null,
      };
    });
    return { rows: rows.sort((a, b) => a.slot.from.localeCompare(b.slot.from) || a.id.localeCompare(b.id)) };
  },
};
