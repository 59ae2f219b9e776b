import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Returned.module.css';
import { ReturnedList } from './ReturnedList.tsx';

/** What came back, over the page of a desk. */
export function ReturnedDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog
      title={t.returned.title}
      className={styles.dialog}
      onClose={onClose}
      scrolls
      actions={
        <Button keyName={t.keys.esc} onClick={onClose}>
          {t.returned.close}
        </Button>
      }
    >
      <ReturnedList />
    </Dialog>
  );
}
