import { useState } from 'react';
import type { Queue } from '../../../domain/queue/ticketTypes.ts';
import { useApp } from '../../app/app.ts';
import { t } from '../../strings/index.ts';
import { AskDialog } from '../../ui/AskDialog.tsx';
import { ReasonChoice } from '../../window/acts/ReasonChoice.tsx';

export interface IssueOrder {
  /** `open`: give numbers although the wait is longer than the day. */
  kind: 'stop' | 'open' | 'resume';
  queue: Queue | 'all';
}

/** Stops the numbers of a queue or of all, opens one past the estimate, or takes either back. */
export function IssueDialog({ order: { kind, queue }, onClose }: { order: IssueOrder; onClose(): void }) {
  const { client } = useApp();
  const isAll = queue === 'all';
  const [reason, setReason] = useState(isAll && kind === 'stop' ? t.board.closingReason : '');
  const name = isAll ? t.board.closing : t.board.queueOf(queue);
  const title = {
    stop: isAll ? t.board.stopAllTitle : t.board.stopTitle(name),
    open: t.board.openTitle(name),
    resume: isAll ? t.board.resumeAll : t.board.resumeTitle(name),
  }[kind];
  const effect = {
    stop: isAll ? t.board.stopAllEffect : t.board.stopEffect,
    open: t.board.openEffect,
    resume: t.board.resumeEffect,
  }[kind];
  return (
    <AskDialog
      title={title}
      effect={effect}
      go={t.board.go[kind]}
      missing={kind !== 'resume' && reason.trim() === '' ? t.board.needReason : null}
      onGo={(commandId) => {
        const force = kind === 'open' ? ('open' as const) : ('stopped' as const);
        const stop = kind === 'resume' ? null : { queue, reason: reason.trim(), force };
        return client.call('board.act', { commandId, command: { kind: 'issue', queue, stop } });
      }}
      onClose={onClose}
      isPlain={kind === 'resume'}
    >
      {kind === 'resume' ? null : (
        <ReasonChoice
          label={t.board.reason}
          reasons={kind === 'open' ? t.board.openReasons : t.board.stopReasons}
          value={reason}
          onChange={setReason}
          isDefault
        />
      )}
    </AskDialog>
  );
}
