import { useStore } from 'zustand';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Scan.module.css';
import type { ScanAct } from './scanKeys.ts';
import type { ScanStore } from './scanStore.ts';
import { isEditable } from './stagePage.ts';

/** Bottom of the dialog: what can be done with the page in hand, and the one primary action. */
export function ScanActions({ scan, onAct }: { scan: ScanStore; onAct(act: ScanAct): void }) {
  const target = useStore(scan, (state) => state.target);
  const view = useStore(scan, (state) => state.view);
  const attaching = useStore(scan, (state) => state.attaching);
  const selected = useStore(scan, (state) => state.selected);
  const all = useStore(scan, (state) => state.pages).filter(({ caseId }) => caseId === target?.caseId);
  const current = all.find(({ id }) => id === selected);
  const canEdit = current !== undefined && isEditable(current);
  const held = all.filter(({ state }) => state === 'held').length;
  const saving = all.filter(({ state }) => state === 'saving').length;
  const failed = all.filter(({ state }) => state === 'failed').length;
  return (
    <div className={styles.actions}>
      <Button keyName={t.scan.keyImport} onClick={() => onAct('import')}>
        {t.scan.import}
      </Button>
      <Button keyName={t.scan.keyTurn} disabled={!canEdit || view === 'crop'} onClick={() => onAct('turn')}>
        {t.scan.turn}
      </Button>
      <Button
        keyName={t.scan.keyCrop}
        disabled={!canEdit}
        onClick={() => onAct(view === 'crop' ? 'crop-done' : 'crop')}
      >
        {view === 'crop' ? t.scan.cropDone : t.scan.crop}
      </Button>
      <Button keyName={t.scan.keyRemove} disabled={!current || view === 'crop'} onClick={() => onAct('remove')}>
        {t.scan.remove}
      </Button>
      <p className={styles.state} role="status">
        {saving > 0
          ? t.scan.savingCount(saving)
          : failed > 0
            ? t.scan.failedCount(failed)
            : all.length === 0
              ? t.scan.nothing
              : held > 0
                ? target?.isAccepted
                  ? t.scan.heldCount(held)
                  : t.scan.heldForAcceptance
                : t.scan.allAttached}
      </p>
      {failed > 0 ? <Button onClick={() => scan.getState().retry()}>{t.scan.retry}</Button> : null}
      <Button keyName={t.keys.esc} onClick={() => onAct('back')}>
        {view === 'camera' ? t.scan.close : t.scan.backToCamera}
      </Button>
      <Button look="primary" keyName={t.keys.enter} aria-busy={attaching} onClick={() => onAct('attach')}>
        {attaching ? t.scan.attaching : target?.isAccepted ? t.scan.attach : t.scan.done}
      </Button>
    </div>
  );
}
