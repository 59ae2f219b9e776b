import type { CaseFile, MaterialTaken } from '../../../domain/case/types.ts';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { ScanButton } from '../../scan/ScanButton.tsx';
import { useScanCounts } from '../../scan/useScanCounts.ts';
import { t } from '../../strings/index.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import styles from './CasePage.module.css';

/** What was taken, in which form: the original seen, kept, or shared data. */
export function CaseMaterials({ record }: { record: CaseFile }) {
  const { app, scan, openScan } = useWorkspace();
  const counts = useScanCounts(app.client, scan, record.id);
  const { materials, catalogueVersion } = record.acceptance;
  const catalogue = useCatalogue(catalogueVersion);
  if (materials.length === 0) return null;
  const scanned = Object.values(counts).reduce((sum, pages) => sum + pages, 0);
  return (
    <section aria-label={t.casePage.materials}>
      <h2 className={windowStyles.heading}>
        {t.casePage.materials}
        <span className={windowStyles.end}>
          <ScanButton pages={scanned} onOpen={() => openScan(null)} />
        </span>
      </h2>
      <ul className={styles.materials}>
        {materials.map((material, index) => (
          <li key={material.code}>
            <span className={styles.muted}>{index + 1}</span>
            <span>{findMaterial(material.code, catalogue)?.name ?? material.code}</span>
            <span className={styles.muted}>{formWords(material, counts[material.code] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function formWords({ form, copies, pages }: MaterialTaken, scanned: number): string {
  const words = [t.materials.formsFull[form]];
  if (form !== 'shared') words.push(t.materials.copies(copies));
  if (scanned > 0) words.push(t.scan.pages(scanned));
  else if (pages > 0) words.push(t.life.pages(pages));
  return words.join(t.separator);
}
