import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { HealthBand } from '../health/HealthBand.tsx';
import { ReturnedBand } from '../returned/ReturnedBand.tsx';
import { ReturnedDialog } from '../returned/ReturnedDialog.tsx';
import { useReturnedKey } from '../returned/useReturnedKey.ts';
import { t } from '../strings/index.ts';
import { Band } from '../ui/Notice.tsx';
import { useApp } from './app.ts';
import { localTime } from './format.ts';

/**
 * The strip of an open network and the worst alarm of this machine always, and at most one band beside them.
 * @param isOfflineSaid another band of the page says that the line is down, and what still works
 */
export function Bands({ isOfflineSaid = false }: { isOfflineSaid?: boolean }) {
  const returned = useStore(useApp().status, (state) => state.sync?.rejected ?? 0);
  const [isOpen, setOpen] = useState(false);
  const openReturned = useCallback(() => setOpen(true), []);
  useReturnedKey(returned > 0, openReturned);
  return (
    <>
      {isReadByOthers() ? (
        <Band icon="warning" title={t.access.insecureTitle}>
          {t.access.insecureWhy}
        </Band>
      ) : null}
      <HealthBand />
      <StateBand isOfflineSaid={isOfflineSaid} onReturned={openReturned} />
      {/* Stays when the last one is decided, until it is closed. */}
      {isOpen ? <ReturnedDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Served by plain HTTP from another machine; inside Electron and on the loopback address nobody listens in. */
function isReadByOthers(): boolean {
  return location.protocol === 'http:' && !window.isSecureContext;
}

/** The most serious first: service, refusal, line, rejected records. */
function StateBand({ isOfflineSaid, onReturned }: { isOfflineSaid: boolean; onReturned(): void }) {
  const { status, session } = useApp();
  const hasStaff = useStore(session, (state) => state.info?.hasStaff ?? false);
  const isOffice = useStore(session, (state) => state.info?.role === 'backoffice');
  const service = useStore(status, (state) => state.service);
  const sync = useStore(status, (state) => state.sync);
  if (service === 'failed') {
    return (
      <Band icon="warning" title={t.band.failed}>
        {t.band.failedKept}
      </Band>
    );
  }
  if (service === 'restarting') {
    return (
      <Band icon="sync" title={t.band.restarting}>
        {t.band.restartingKept}
      </Band>
    );
  }
  if (sync?.link === 'refused') {
    return (
      <Band icon="warning" title={t.band.refused}>
        {hasStaff ? t.band.refusedWorks : t.band.refusedNoStaff}
      </Band>
    );
  }
  if (sync?.link === 'offline' && !isOfflineSaid) {
    return (
      <Band icon="offline" title={t.band.offline(sync.lastContact ? localTime(sync.lastContact) : '')}>
        {!hasStaff ? t.band.offlineNoStaff : isOffice ? t.office.bandOffline : t.band.offlineWorks(sync.waiting)}
      </Band>
    );
  }
  if (sync && sync.rejected > 0) {
    return <ReturnedBand count={sync.rejected} onOpen={onReturned} />;
  }
  return null;
}
