import { useState } from 'react';
import { useStore } from 'zustand';
import { ownerOf } from '../../../domain/case/ownership.ts';
import { ENDED_STATES } from '../../../domain/case/states.ts';
import { windowNumber } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { AskDialog } from '../../ui/AskDialog.tsx';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Notice.tsx';
import { ReasonChoice } from '../acts/ReasonChoice.tsx';
import type { OpenCase } from '../casesStore.ts';
import { useWorkspace } from '../workspace.ts';

/** A case of another window: only that one can go on with it while the centre is away; a supervisor can bring it here. */
export function OwnerLine({ record }: Pick<OpenCase, 'record'>) {
  const { app } = useWorkspace();
  const info = useStore(app.session, (state) => state.info);
  const [isAsking, setAsking] = useState(false);
  const { window } = ownerOf(record);
  if (!info || window === info.id || ENDED_STATES.includes(record.state)) return null;
  return (
    <>
      <Chip>{t.owner.other(windowNumber(window))}</Chip>
      {info.staff?.roles.includes('SUP') ? (
        <Button size="small" onClick={() => setAsking(true)}>
          {t.owner.take}
        </Button>
      ) : null}
      {isAsking ? <TakeOverDialog record={record} window={info.id} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function TakeOverDialog({ record, window, onClose }: Pick<OpenCase, 'record'> & { window: string; onClose(): void }) {
  const { app } = useWorkspace();
  const [reason, setReason] = useState('');
  const take = (commandId: string): Promise<unknown> =>
    app.client.call('case.takeOver', {
      commandId,
      caseId: record.id,
      baseVersion: record.version,
      take: { window, reason: reason.trim() },
    });
  return (
    <AskDialog
      title={t.owner.title(windowNumber(window))}
      effect={t.owner.effect(windowNumber(ownerOf(record).window))}
      go={t.owner.take}
      missing={reason.trim().length < 2 ? t.owner.reasonMissing : null}
      onGo={take}
      onClose={onClose}
    >
      <ReasonChoice label={t.owner.reason} reasons={t.owner.reasons} value={reason} onChange={setReason} isDefault />
    </AskDialog>
  );
}
