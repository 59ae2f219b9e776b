import { type KeyboardEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { localTime } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Queue.module.css';
import { useSituation } from './useSituation.ts';
import { callablePickups, type QueueState } from './verbs.ts';

interface Row {
  group: 'held' | 'pickup' | 'passed';
  ticket: TicketRecord;
}

/** F8: whoever was set aside, did not come, or can collect. Arrows choose, Enter calls. */
export function CallBackDialog() {
  const { desk, closeOverlay } = useWorkspace();
  const { state, busy, now } = useSituation();
  const said = useStore(desk.queue, (store) => store.said);
  const [at, setAt] = useState(0);
  const id = useId();
  const words = t.queue.backDialog;
  const rows = state ? rowsOf(state) : [];
  const active = Math.min(at, rows.length - 1);
  const chosen = rows[active];

  const call = async (row: Row): Promise<void> => {
    if (busy) return;
    closeOverlay();
    await desk.call(row.ticket, row.group === 'pickup' ? 'pickup' : 'intake');
  };
  const drop = async ({ group, ticket }: Row): Promise<void> => {
    const [caseId] = ticket.pickup?.cases ?? [];
    if (group === 'pickup' && caseId !== undefined) await desk.queue.getState().dropPickup(ticket.id, caseId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(rows.length - 1, active + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, active - 1));
    else if (event.key === 'Enter' && chosen) void call(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      title={words.title}
      onClose={closeOverlay}
      actions={
        <>
          {chosen?.group === 'pickup' ? (
            <Button look="plain" title={words.dropHow} onClick={() => void drop(chosen)}>
              {words.drop}
            </Button>
          ) : null}
          <Button keyName={t.keys.esc} onClick={closeOverlay}>
            {words.close}
          </Button>
          <Button
            look={chosen ? 'primary' : 'waiting'}
            keyName={t.keys.enter}
            aria-disabled={!chosen}
            aria-busy={busy}
            onClick={() => chosen && void call(chosen)}
          >
            {words.go}
          </Button>
        </>
      }
    >
      {said?.kind === 'failed' ? <FailureNotice failure={said.failure} /> : null}
      {rows.length === 0 ? (
        <p data-default tabIndex={-1}>
          {words.empty}
        </p>
      ) : (
        <div
          className={styles.backs}
          role="listbox"
          aria-label={words.title}
          aria-activedescendant={`${id}-${active}`}
          tabIndex={0}
          data-default
          onKeyDown={onKeyDown}
        >
          {rows.map((row, index) => (
            <div
              key={`${row.group}-${row.ticket.id}`}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              ref={(element) => {
                if (index === active) element?.scrollIntoView({ block: 'nearest' });
              }}
              onPointerDown={() => setAt(index)}
              onDoubleClick={() => void call(row)}
            >
              <b className={row.group === 'pickup' ? styles.isPickup : undefined}>{row.ticket.number}</b>
              <span>{detailOf(row, now)}</span>
              <span className={styles.backKind}>{words.groups[row.group]}</span>
            </div>
          ))}
        </div>
      )}
    </Dialog>
  );
}

function rowsOf({ held, passed, pickups }: QueueState): Row[] {
  return [
    ...held.map((ticket): Row => ({ group: 'held', ticket })),
    ...callablePickups(pickups).map((ticket): Row => ({ group: 'pickup', ticket })),
    ...passed.map((ticket): Row => ({ group: 'passed', ticket })),
  ];
}

function detailOf({ group, ticket }: Row, now: number): string {
  const words = t.queue.backDialog;
  if (group === 'held') {
    const until = ticket.heldUntil ?? '';
    return Date.parse(until) > now ? words.heldUntil(localTime(until)) : words.heldOver;
  }
  if (group === 'passed') return words.passedTimes(ticket.passes);
  const { pickup } = ticket;
  if (!pickup) return '';
  const missed = pickup.missed > 0 ? `${t.separator}${words.missed(pickup.missed)}` : '';
  return `${words.raised(localTime(pickup.raisedAt))}${t.separator}${words.cases(pickup.cases.length)}${missed}`;
}
