import { HealthList } from '../health/HealthList.tsx';
import { DeviceTable } from '../staff/DeviceTable.tsx';
import { Figures } from '../staff/Figures.tsx';
import styles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { DiagnosisButton } from './DiagnosisButton.tsx';
import { DoctorButton } from './DoctorButton.tsx';
import { Faults } from './Faults.tsx';
import { Hubs } from './Hubs.tsx';

/** What is true of this machine now; the hall has its own page. */
export function Overview() {
  return (
    <>
      <h1 className="visually-hidden">{t.roles.thisMachine}</h1>
      <section className={styles.block} aria-label={t.roles.nowTrue}>
        <h2>{t.roles.nowTrue}</h2>
        <Figures />
      </section>
      <section className={styles.block} aria-label={t.health.title}>
        <h2>{t.health.title}</h2>
        <HealthList />
      </section>
      <div className={styles.under}>
        <DiagnosisButton />
      </div>
      <section className={styles.block} aria-label={t.roles.devices}>
        <h2>{t.roles.devices}</h2>
        <DeviceTable />
      </section>
      <div className={styles.under}>
        <DoctorButton />
      </div>
      <Hubs />
      <Faults />
    </>
  );
}
