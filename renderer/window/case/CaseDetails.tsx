import type { CaseFile } from '../../../domain/case/types.ts';
import { t } from '../../strings/index.ts';
import { FactList } from '../../ui/FactList.tsx';
import windowStyles from '../Window.module.css';
import styles from './CasePage.module.css';
import { detailRows } from './detailRows.ts';

/** What only this item asked for: shares, price, mortgage, seal, delivery. */
export function CaseDetails({ record: { acceptance } }: { record: CaseFile }) {
  const rows = detailRows(acceptance);
  if (rows.length === 0) return null;
  return (
    <section aria-label={t.casePage.details}>
      <h2 className={windowStyles.heading}>{t.casePage.details}</h2>
      <FactList facts={rows} className={styles.details} />
    </section>
  );
}
