import { useEffect, useState } from 'react';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Band } from '../ui/Notice.tsx';
import styles from './Returned.module.css';
import { ReturnedList } from './ReturnedList.tsx';

/** Something of this machine came back: how many, and the way to look at them, by press or Alt+R. */
export function ReturnedBand({ count }: { count: number }) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.key.toLowerCase() !== 'r' || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Band icon="returned" title={t.band.rejected(count)}>
        {t.band.rejectedWorks}
        <Button size="small" keyName={t.returned.openKey} className={styles.open} onClick={() => setOpen(true)}>
          {t.returned.open}
        </Button>
      </Band>
      {isOpen ? <ReturnedDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ReturnedDialog({ onClose }: { onClose(): void }) {
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
