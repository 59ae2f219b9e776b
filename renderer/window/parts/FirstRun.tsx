import { t } from '../../strings/index.ts';
import styles from '../Form.module.css';

/** A new machine without devices: two steps, and what works meanwhile. */
export function FirstRun() {
  const steps = [
    [t.firstRun.step1, t.firstRun.step1Hint],
    [t.firstRun.step2, t.firstRun.step2Hint],
  ];
  return (
    <section className={styles.box} aria-label={t.firstRun.title}>
      <h2 className={styles.partyName}>{t.firstRun.title}</h2>
      <ol className={styles.steps}>
        {steps.map(([step, hint], index) => (
          <li key={step}>
            <b aria-hidden="true">{index + 1}</b>
            <span>
              {step}
              <br />
              <span className={styles.small}>{hint}</span>
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.small}>{t.firstRun.meanwhile}</p>
    </section>
  );
}
