import { SignIn } from '../../login/LoginPage.tsx';
import { t } from '../../strings/index.ts';
import styles from '../Kiosk.module.css';

/** At a staffed desk, with its keyboard. */
export function StaffSignIn({ onBack }: { onBack(): void }) {
  return (
    <main className={styles.signIn}>
      <h1>{t.prereview.staff.title}</h1>
      <div className={styles.signInForm}>
        <SignIn />
      </div>
      <button type="button" className={styles.secondary} onClick={onBack}>
        {t.prereview.staff.back}
      </button>
    </main>
  );
}
