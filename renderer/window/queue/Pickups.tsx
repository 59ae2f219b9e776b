import { useStore } from 'zustand';
import type { CaseSummary } from '../../../contract/rpc.ts';
import { WINDOW_GROUPS, type WindowGroup } from '../../../domain/case/windowGroup.ts';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import list from '../CaseList.module.css';
import { useWorkspace } from '../workspace.ts';

/** A group of the list on the left; `others`: numbers that collect here what a neighbour accepted. */
export interface ListGroup {
  group: WindowGroup;
  rows: CaseSummary[];
  others: readonly TicketRecord[];
}

/** 待取证 holds this window's cases that lie ready, and the numbers that are to be called a second time here. */
export function withPickups(
  groups: readonly { group: WindowGroup; rows: CaseSummary[] }[],
  pickups: readonly TicketRecord[],
): ListGroup[] {
  const known = new Set(groups.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const others = pickups.filter(({ pickup }) => isLive(pickup) && !pickup?.cases.some((id) => known.has(id)));
  return WINDOW_GROUPS.flatMap((group) => {
    const rows = groups.find((each) => each.group === group)?.rows ?? [];
    const own = group === 'pickup' ? others : [];
    return rows.length + own.length === 0 ? [] : [{ group, rows, others: own }];
  });
}

function isLive(pickup: TicketRecord['pickup']): boolean {
  return pickup !== null && pickup.state !== 'done' && pickup.state !== 'cancelled';
}

/** The number of a case that lies ready, and the button that calls it. */
export function PickupCall({ caseId }: { caseId: string }) {
  const { desk } = useWorkspace();
  const ticket = useStore(desk.queue, ({ state }) =>
    state?.pickups.find(({ pickup }) => isLive(pickup) && pickup?.cases.includes(caseId)),
  );
  return ticket ? <CallLine ticket={ticket} /> : null;
}

export function OtherPickups({ tickets }: { tickets: readonly TicketRecord[] }) {
  return tickets.map((ticket) => (
    <li key={ticket.id}>
      <CallLine ticket={ticket} isOther />
    </li>
  ));
}

function CallLine({ ticket, isOther = false }: { ticket: TicketRecord; isOther?: boolean }) {
  const { desk } = useWorkspace();
  const { pickup } = ticket;
  if (!pickup) return null;
  const words = t.queue.pickups;
  const isCallable = pickup.state === 'waiting' || pickup.state === 'missed';
  return (
    <div className={list.pickup}>
      <b>
        <Icon name="returned" />
        {ticket.number}
      </b>
      <span>
        {words.state[pickup.state]}
        {isOther ? `${t.separator}${words.other}` : ''}
      </span>
      {isCallable ? (
        <button type="button" aria-label={words.callOf(ticket.number)} onClick={() => void desk.call(ticket, 'pickup')}>
          {words.call}
        </button>
      ) : null}
    </div>
  );
}
