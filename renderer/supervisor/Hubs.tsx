import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { useQuestion } from '../app/useQuestion.ts';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { AskDialog } from '../ui/AskDialog.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { ReasonChoice } from '../window/acts/ReasonChoice.tsx';

/** How often the hubs are asked how they stand, ms: somebody looks at this when something is wrong. */
const LOOK_MS = 5000;

/** Which machine of the hall decides, which follows it, and the take-over (docs/adr/0022). For supervisors who are signed in. */
export function Hubs() {
  const { session } = useApp();
  const isSupervisor = useStore(session, (state) => state.info?.staff?.roles.includes('SUP') ?? false);
  if (!isSupervisor) return null;
  return (
    <section className={styles.block} aria-label={t.hubs.title}>
      <h2>{t.hubs.title}</h2>
      <HubTable />
    </section>
  );
}

function HubTable() {
  const { client } = useApp();
  const load = useCallback(() => client.call('hub.state', {}), [client]);
  const { value, failure, again } = useQuestion(load);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [again]);
  if (failure) return <FailureNotice failure={failure} />;
  if (value === null) return null;
  const { hubs } = value;
  if (hubs.length === 0) return <p className={styles.empty}>{t.hubs.none}</p>;
  const hasStandby = hubs.some(({ state }) => state === 'standby');
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t.hubs.address}</th>
            <th scope="col">{t.hubs.state}</th>
            <th scope="col">{t.hubs.fence}</th>
            <th scope="col">{t.hubs.followedBy}</th>
          </tr>
        </thead>
        <tbody>
          {hubs.map(({ url, state, fence, current, followedBy }) => (
            <tr key={url}>
              <th scope="row">
                {url}
                {current ? `${t.separator}${t.hubs.current}` : ''}
              </th>
              <td className={state === 'unreachable' ? styles.near : styles.good}>
                <Icon name={state === 'unreachable' ? 'warning' : 'good'} /> {t.hubs.states[state]}
              </td>
              <td>{fence ?? t.hubs.unknown}</td>
              <td>{followedBy.length === 0 ? t.hubs.nobody : followedBy.join(t.listSeparator)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasStandby ? (
        <div className={styles.under}>
          <Button onClick={() => setAsking(true)}>{t.hubs.takeOver}</Button>
        </div>
      ) : (
        <p className={styles.empty}>{t.hubs.noStandby}</p>
      )}
      {isAsking ? (
        <TakeOverDialog
          onClose={() => {
            setAsking(false);
            again();
          }}
        />
      ) : null}
    </>
  );
}

function TakeOverDialog({ onClose }: { onClose(): void }) {
  const { client } = useApp();
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  return (
    <AskDialog
      title={t.hubs.takeOverTitle}
      effect={t.hubs.takeOverEffect}
      go={t.hubs.takeOver}
      missing={reason.trim() === '' ? t.board.needReason : null}
      onGo={() => client.call('hub.takeOver', { reason: reason.trim(), force })}
      onClose={onClose}
    >
      <ReasonChoice label={t.board.reason} reasons={t.hubs.reasons} value={reason} onChange={setReason} isDefault />
      <label>
        <input type="checkbox" checked={force} onChange={(event) => setForce(event.target.checked)} /> {t.hubs.force}
      </label>
    </AskDialog>
  );
}
