import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Outbox.module.css';
import { Outbox } from './Outbox.tsx';

/** Over the page of a desk: whatever is on its way stays on its way while it is looked at. */
export default function OutboxDialog({
  onOpenCase,
  onClose,
}: {
  /** Absent where cases are not opened. */
  onOpenCase?: (id: string) => void;
  onClose(): void;
}) {
  return (
    <Dialog
      title={t.outbox.title}
      onClose={onClose}
      className={styles.dialog}
      scrolls
      actions={
        <Button look="primary" keyName={t.keys.esc} data-default onClick={onClose}>
          {t.outbox.close}
        </Button>
      }
    >
      <Outbox onOpenCase={onOpenCase} />
    </Dialog>
  );
}
