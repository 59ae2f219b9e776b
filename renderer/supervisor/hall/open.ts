import type { MethodInput } from '../../../contract/rpc.ts';

export type TicketFilter = Omit<MethodInput<'board.tickets'>, 'day'>;

/** Where a figure of the board leads: the list behind it. */
export type Open = (
  to:
    | { tab: 'tickets'; filter: TicketFilter; ticketId?: string }
    | { tab: 'overview' | 'machines' | 'blanks' | 'ratings' | 'plan' },
) => void;
