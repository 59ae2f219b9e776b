import type { CaseFile, MaterialTaken } from '../../../domain/case/types.ts';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import { t } from '../../strings/index.ts';
import windowStyles from '../Window.module.css';
import styles from './CasePage.module.css';

/** What was taken, in which form: the original seen, kept, or shared data. */
export function CaseMaterials({ record }: { record: CaseFile }) {
  const { materials } = record.acceptance;
  if (materials.length === 0) return null;
  return (
    <section aria-label={t.casePage.materials}>
      <h2 className={windowStyles.heading}>{t.casePage.materials}</h2>
      <ul className={styles.materials}>
        {materials.map((material, index) => (
          <li key={material.code}>
            <span className={styles.muted}>{index + 1}</span>
            <span>{findMaterial(material.code)?.name ?? material.code}</span>
            <span className={styles.muted}>{formWords(material)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function formWords({ form, copies, pages }: MaterialTaken): string {
  const words = [t.materials.formsFull[form]];
  if (form !== 'shared') words.push(t.materials.copies(copies));
  if (pages > 0) words.push(t.life.pages(pages));
  return words.join(t.separator);
}
