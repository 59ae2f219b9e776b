import { useCallback, useState } from 'react';
import type { MethodInput } from '../../../contract/rpc.ts';
import { QUEUES, type Queue, type TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { useApp } from '../../app/app.ts';
import { useQuestion } from '../../app/useQuestion.ts';
import { t } from '../../strings/index.ts';
import { AskDialog } from '../../ui/AskDialog.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { ReasonChoice } from '../../window/acts/ReasonChoice.tsx';

export type TicketAct = 'move' | 'raise' | 'void';
type Command = MethodInput<'board.act'>['command'];

interface TicketActDialogProps {
  act: TicketAct;
  ticket: TicketRecord;
  onClose(): void;
}

/** Moves, raises or voids one ticket, with the reason that goes into the log. */
export function TicketActDialog({ act, ticket, onClose }: TicketActDialogProps) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  const [queue, setQueue] = useState<Queue>(ticket.queue);
  const [to, setTo] = useState('');
  const words = t.boardTickets;
  const text = reason.trim();
  const commands: Record<TicketAct, Command> = {
    move: { kind: 'transfer', ticketId: ticket.id, queue, to: to === '' ? null : to, reason: text },
    raise: { kind: 'raise', ticketId: ticket.id, reason: text },
    void: { kind: 'void', ticketId: ticket.id, reason: 'mistake', note: text },
  };
  return (
    <AskDialog
      title={words[`${act}Title`](ticket.number)}
      effect={words[`${act}Effect`]}
      go={words.go[act]}
      missing={text === '' ? t.board.needReason : null}
      onGo={(commandId) => client.call('board.act', { commandId, command: commands[act] })}
      onClose={onClose}
    >
      {act === 'move' ? (
        <Target
          queue={queue}
          to={to}
          onChange={(next) => {
            setQueue(next.queue);
            setTo(next.to);
          }}
        />
      ) : null}
      <ReasonChoice
        label={t.board.reason}
        reasons={words[`${act}Reasons`]}
        value={reason}
        onChange={setReason}
        isDefault={act !== 'move'}
      />
    </AskDialog>
  );
}

interface TargetProps {
  queue: Queue;
  to: string;
  onChange(target: { queue: Queue; to: string }): void;
}

function Target({ queue, to, onChange }: TargetProps) {
  const { client } = useApp();
  const load = useCallback(() => client.call('board.state', {}), [client]);
  const { value } = useQuestion(load);
  const tiles = value?.tiles ?? [];
  // The hub sends nobody to a window where no one sits.
  const windows = tiles.filter(
    ({ queues, state }) => queues.includes(queue) && (state === 'open' || state === 'paused'),
  );
  const served = QUEUES.filter((each) => each === queue || tiles.some(({ queues }) => queues.includes(each)));
  return (
    <>
      <SelectField<Queue>
        label={t.boardTickets.toQueue}
        value={queue}
        options={served.map((each) => ({ value: each, text: t.board.queueOf(each) }))}
        onChange={(next) => onChange({ queue: next, to: '' })}
      />
      <SelectField<string>
        label={t.boardTickets.toWindow}
        value={to}
        options={[
          { value: '', text: t.boardTickets.anyWindow },
          ...windows.map(({ terminal, number, state }) => ({
            value: terminal,
            text: state === 'paused' ? t.boardTickets.pausedWindow(number) : t.board.windowOf(number),
          })),
        ]}
        onChange={(next) => onChange({ queue, to: next })}
      />
    </>
  );
}
