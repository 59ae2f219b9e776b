import { ReturnedList } from '../returned/ReturnedList.tsx';
import { t } from '../strings/index.ts';
import styles from './Supervisor.module.css';

/** 退回记录 of the whole hall. */
export function ReturnedPage() {
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.returned.title}</h1>
      <ReturnedList />
    </div>
  );
}
