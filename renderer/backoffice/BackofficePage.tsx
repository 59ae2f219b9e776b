import { DeviceTable } from '../staff/DeviceTable.tsx';
import { Figures } from '../staff/Figures.tsx';
import styles from '../staff/Staff.module.css';
import { StaffFrame } from '../staff/StaffFrame.tsx';
import { t } from '../strings/index.ts';

/** Back-office lanes: list left, case right; empty until cases are handed to lanes. */
export default function BackofficePage() {
  return (
    <StaffFrame title={t.backoffice.title}>
      <h1 className={styles.lead}>{t.backoffice.lead}</h1>
      <div className={`${styles.block} ${styles.split}`}>
        <section aria-label={t.backoffice.list}>
          <h2>{t.backoffice.list}</h2>
          <ul className={styles.lanes}>
            {t.backoffice.lanes.map((lane) => (
              <li key={lane}>{lane}</li>
            ))}
          </ul>
        </section>
        <div>
          <section aria-label={t.backoffice.detail}>
            <h2>{t.backoffice.detail}</h2>
            <p className={styles.empty}>
              <strong>{t.backoffice.empty}</strong>
              {t.backoffice.how}
            </p>
          </section>
          <section className={styles.block} aria-label={t.roles.nowTrue}>
            <h2>{t.roles.nowTrue}</h2>
            <Figures />
          </section>
          <section className={styles.block} aria-label={t.roles.devices}>
            <h2>{t.roles.devices}</h2>
            <DeviceTable />
          </section>
        </div>
      </div>
    </StaffFrame>
  );
}
