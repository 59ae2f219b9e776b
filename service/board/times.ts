import { type DoorRow, doorToDoorOfTickets } from '../../domain/measure/doorOfDay.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { ServiceContext } from '../context.ts';

const DAY_MS = 86_400_000;
/** A quarter: more is a report, not a look. */
const DAYS_MAX = 92;

/** @param from local day, ISO, as `to` */
export function doorToDoorByQueue({ store, now }: ServiceContext, from: string, to: string): DoorRow[] {
  const tickets: TicketRecord[] = [];
  for (let day = Date.parse(from), left = DAYS_MAX; day <= Date.parse(to) && left > 0; day += DAY_MS, left -= 1) {
    tickets.push(...store.hall.ticketsOfDay(new Date(day).toISOString().slice(0, 10)));
  }
  const arrivedAtOf = ({ preReview }: TicketRecord): string | null => {
    const found = preReview === null ? null : store.hall.read('prereview', preReview);
    return found?.type === 'prereview' ? found.record.startedAt : null;
  };
  return doorToDoorOfTickets(tickets, arrivedAtOf, now());
}
