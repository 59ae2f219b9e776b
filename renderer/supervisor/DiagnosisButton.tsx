import { useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { FailureNotice } from '../ui/Notice.tsx';

/** Who may write one (contract/rpc/diagnosis.ts). */
const MAY: readonly string[] = ['SUP', 'ADM'];

/** Writes the diagnostic bundle and says where it lies; nothing for whoever is not signed in for it. */
export function DiagnosisButton() {
  const { client, session } = useApp();
  const may = useStore(session, ({ info }) => info?.staff?.roles.some((role) => MAY.includes(role)) ?? false);
  const [isBusy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  if (!may) return null;
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setSaved(null);
    setFailure(null);
    try {
      const { file, removable } = await client.call('diagnosis.save', {});
      setSaved(removable ? t.health.savedOnStick(file) : t.health.savedHere(file));
    } catch (error) {
      setFailure(toFailure(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button size="small" onClick={() => void save()}>
        {isBusy ? t.health.saving : t.health.save}
      </Button>
      <span className={styles.note} role="status">
        {saved ?? t.health.saveHow}
      </span>
      {failure ? <FailureNotice failure={failure} /> : null}
    </>
  );
}
