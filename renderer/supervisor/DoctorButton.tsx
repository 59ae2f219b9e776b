import { lazy, Suspense, useEffect, useState } from 'react';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';

const DoctorDialog = lazy(() => import('../doctor/DoctorDialog.tsx'));

/** Opens the device doctor, by press or by Ctrl+D anywhere on the page. */
export function DoctorButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.key.toLowerCase() !== 'd') return;
      event.preventDefault();
      // Another dialog keeps the page for itself.
      if (!event.repeat && !document.querySelector('dialog[open]')) setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button size="small" keyName={t.keys.ctrlD} aria-keyshortcuts="Control+D" onClick={() => setOpen(true)}>
        {t.doctor.open}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <DoctorDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
