import { SignIn } from '../../login/LoginPage.tsx';
import { t } from '../../strings/index.ts';
import kiosk from '../Kiosk.module.css';
import sizes from '../Sizes.module.css';
import styles from './StaffSignIn.module.css';

/** At a staffed desk, with its keyboard. */
export function StaffSignIn({ onBack }: { onBack(): void }) {
  return (
    <main className={`${sizes.usual} ${styles.signIn}`}>
      <h1>{t.prereview.staff.title}</h1>
      <div className={styles.signInForm}>
        <SignIn />
      </div>
      <button type="button" className={kiosk.secondary} onClick={onBack}>
        {t.prereview.staff.back}
      </button>
    </main>
  );
}
