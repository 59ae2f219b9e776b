import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { adviceFor } from '../../contract/doctor/advice.ts';
import type { Verdict } from '../../contract/doctor/reasons.ts';
import type { DoctorRun } from '../../contract/doctor/run.ts';
import { useApp } from '../app/app.ts';
import { useNow } from '../app/clock.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import styles from './Doctor.module.css';
import { createDoctor } from './doctorStore.ts';
import { Row } from './Row.tsx';

/** Every device tested within a minute, with what to do in words and drawn (users.md C12). */
export default function DoctorDialog({ onClose }: { onClose(): void }) {
  const { client } = useApp();
  const [store] = useState(() => createDoctor(client));
  const { run, failure, saved, open, start, skip, save } = useStore(store);
  useEffect(() => open(), [open]);
  const isRunning = run !== null && run.endedAt === null;
  const isOver = run !== null && !isRunning;
  const configured = run?.devices.filter(({ reason }) => reason !== 'device-not-configured') ?? [];
  const missing = run?.devices.filter(({ reason }) => reason === 'device-not-configured') ?? [];
  return (
    <Dialog
      title={t.doctor.title}
      onClose={onClose}
      className={styles.dialog}
      scrolls
      actions={
        <>
          <p className={styles.saved} role="status">
            {saved === null ? null : t.doctor.saved(saved.folder, saved.removable)}
          </p>
          {isOver ? <Button onClick={save}>{t.doctor.save}</Button> : null}
          {isOver || failure !== null ? <Button onClick={start}>{t.doctor.again}</Button> : null}
          <Button look="primary" keyName={t.keys.esc} data-default onClick={onClose}>
            {t.doctor.close}
          </Button>
        </>
      }
    >
      <p className={styles.lead} role="status">
        {run === null ? null : isRunning ? (
          <Running run={run} />
        ) : (
          t.doctor.ended(countOf(run, 'ill'), countOf(run, 'note'))
        )}
      </p>
      {failure === null ? null : <FailureNotice failure={failure} />}
      <ul className={styles.list}>
        {configured.map((device) => (
          <Row key={device.device} device={device} ports={run?.ports ?? []} onSkip={() => skip(device.device)} />
        ))}
      </ul>
      {run !== null && configured.length === 0 ? <p className={styles.empty}>{t.doctor.nothing}</p> : null}
      {missing.length === 0 || configured.length === 0 ? null : (
        <p className={styles.missing}>{t.doctor.missing(missing.map(({ kind }) => t.device.full[kind]))}</p>
      )}
    </Dialog>
  );
}

function Running({ run }: { run: DoctorRun }) {
  const now = useNow(1000);
  const configured = run.devices.filter(({ reason }) => reason !== 'device-not-configured');
  const done = configured.filter(({ phase }) => phase === 'done').length;
  const left = Math.max(0, Math.ceil((Date.parse(run.endsBy) - Date.parse(now)) / 1000));
  return t.doctor.running(done, configured.length, left);
}

function countOf(run: DoctorRun, verdict: Verdict): number {
  return run.devices.filter(({ kind, reason }) => reason !== null && adviceFor(kind, reason).verdict === verdict)
    .length;
}
