import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import styles from './Login.module.css';

/** The fictitious people of a demonstration who work at this page, by desk; a click fills the form in. */
export function DemoAccounts({ onChoose }: { onChoose: (number: string) => void }) {
  const role = useStore(useApp().session, (state) => state.info?.role);
  const groups = t.access.demoGroups.filter((group) => group.role === role);
  if (groups.length === 0) return null;
  return (
    <section className={styles.demo} aria-label={t.login.demoTitle}>
      <h2>
        {t.login.demoTitle}
        {t.separator}
        {t.access.demoRule}
      </h2>
      {groups.map((group) => (
        <section key={group.title} className={styles.desk} aria-label={group.title}>
          {groups.length > 1 ? <h3>{group.title}</h3> : null}
          {group.people.map(({ number, name, duty }) => (
            <button
              key={number}
              type="button"
              className={styles.account}
              title={t.login.use(name)}
              onClick={() => onChoose(number)}
            >
              <span className={styles.code}>{number}</span>
              <span>{name}</span>
              <span className={styles.duty}>{duty}</span>
            </button>
          ))}
        </section>
      ))}
    </section>
  );
}
