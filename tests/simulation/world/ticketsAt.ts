import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import type { Looked } from '../engine/looked.ts';

/** How the tickets stand at a hub or at the centre, by looking into its data. */
export function ticketsAt(db: Looked | null): TicketRecord[] {
  const records = db?.open ? db.prepare("SELECT record FROM projection WHERE type = 'ticket'").pluck().all() : [];
  return (records as string[]).map((record) => JSON.parse(record) as TicketRecord);
}

/** Null: it is not known there. */
export function ticketAt(db: Looked | null, ticketId: string): TicketRecord | null {
  const record = db?.open
    ? (db.prepare('SELECT record FROM projection WHERE stream = ?').pluck().get(`ticket:${ticketId}`) as
        | string
        | undefined)
    : undefined;
  return record === undefined ? null : (JSON.parse(record) as TicketRecord);
}
