import type { OpeningHours } from '../../domain/clock/openingHours.ts';
import type { OpBodies, OpKind } from '../../domain/ledger/op.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { WorkingLedger } from '../ledger/workingLedger.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import type { Presence } from './presence.ts';

/** What a command is decided with, under the write lock. */
export interface CommandContext {
  ledger: WorkingLedger;
  self: CentreStore['self'];
  /** Whose leases are: of these data, whichever chain they write. */
  granter: { device: string; epoch: number };
  device: Pick<EnrolledDevice, 'id' | 'hall' | 'terminal'>;
  hours: OpeningHours;
  presence: Presence;
  /** By which it has numbers of its own (domain/queue/leases.ts); null: all of them. */
  tenure: number | null;
  /** Of this hub's tenure; null: nobody can take over. */
  fence: number | null;
  /** Milliseconds since 1970, UTC. */
  now: number;
}

/** One op a command comes to; the desk gives it its id. */
export type Step = { [K in OpKind]: { kind: K; stream: string; body: OpBodies[K] } }[OpKind];

/** What the terminal is told. */
export type QueueVerdict =
  | { kind: 'done'; ticket: TicketRecord | null; changed: string[] }
  | { kind: 'refused'; code: string };
