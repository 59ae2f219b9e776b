import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Band } from '../ui/Notice.tsx';
import styles from './Returned.module.css';

/** Something of this machine came back: how many, and the way to look at them. */
export function ReturnedBand({ count, onOpen }: { count: number; onOpen(): void }) {
  return (
    <Band icon="returned" title={t.band.rejected(count)}>
      {t.band.rejectedWorks}
      <Button size="small" keyName={t.returned.openKey} className={styles.open} onClick={onOpen}>
        {t.returned.open}
      </Button>
    </Band>
  );
}
