import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';

/** Opens the scan dialog; says how many pages there are. */
export function ScanButton({ pages, onOpen }: { pages: number; onOpen(): void }) {
  return (
    <Button size="small" keyName={t.keys.f9} aria-keyshortcuts="F9" onClick={onOpen}>
      {t.scan.openWith(pages)}
    </Button>
  );
}
