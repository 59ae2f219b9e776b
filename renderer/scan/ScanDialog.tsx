import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../strings/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { type CameraHandle, CameraStage } from './CameraStage.tsx';
import { PageStage } from './PageStage.tsx';
import { PageStrip } from './PageStrip.tsx';
import { RemovePanel } from './RemovePanel.tsx';
import styles from './Scan.module.css';
import { ScanActions } from './ScanActions.tsx';
import { type ScanAct, useScanKeys } from './scanKeys.ts';
import type { ScanStore } from './scanStore.ts';
import { useScanActs } from './useScanActs.ts';

/** F9: papers of one case under the document camera, or out of files. What is on the strip is stored on this machine. */
export default function ScanDialog({ scan, onClose }: { scan: ScanStore; onClose(): void }) {
  const materialId = useId();
  const camera = useRef<CameraHandle>(null);
  const files = useRef<HTMLInputElement>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const [dragging, setDragging] = useState(false);
  const target = useStore(scan, (state) => state.target);
  const material = useStore(scan, (state) => state.material);
  const selected = useStore(scan, (state) => state.selected);
  const view = useStore(scan, (state) => state.view);
  const failure = useStore(scan, (state) => state.failure);
  const pages = useStore(scan, (state) => state.pages).filter(
    (page) => page.caseId === target?.caseId && page.material === material,
  );
  const current = pages.find(({ id }) => id === selected) ?? null;
  const at = pages.findIndex(({ id }) => id === selected);
  const acts = useScanActs({ scan, camera, files, pages, current, setRemoving, onClose });
  const perform = (act: ScanAct): void => acts[act]();
  useScanKeys({ view, removing: removing !== null }, perform);
  useEffect(() => () => scan.getState().close(), [scan]);

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    for (const file of event.dataTransfer.files) scan.getState().add('file', file, file.name);
  };

  return (
    <Dialog
      title={t.scan.title}
      hideTitle
      className={styles.dialog}
      onClose={acts.back}
      actions={<ScanActions scan={scan} onAct={perform} />}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files may also be chosen by a button */}
      <div
        className={styles.desk}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('Files')) return;
          event.preventDefault();
          setDragging(true);
        }}
        onDragLeave={() => setDragging(false)}
        onDrop={onDrop}
      >
        <header className={styles.head}>
          <p className={styles.title} aria-hidden="true">
            {t.scan.title}
          </p>
          <div className={styles.choice}>
            <label htmlFor={materialId}>{t.scan.material}</label>
            <select
              id={materialId}
              value={material}
              onChange={(event) => scan.getState().chooseMaterial(event.target.value)}
            >
              {target?.materials.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        </header>
        <section className={styles.stage} aria-label={t.scan.stage}>
          {/* The camera stays open behind a page that is looked at: coming back costs no second. */}
          <CameraStage ref={camera} hidden={view !== 'camera'} onShoot={acts.shoot} />
          {view !== 'camera' && current ? (
            <PageStage key={current.id} scan={scan} page={current} number={at + 1} cropping={view === 'crop'} />
          ) : null}
          {dragging ? <p className={styles.drop}>{t.scan.drop}</p> : null}
        </section>
        <PageStrip scan={scan} pages={pages} />
        {failure ? <FailureNotice failure={failure} /> : null}
        <input
          ref={files}
          type="file"
          multiple
          hidden
          accept="image/*,application/pdf"
          aria-label={t.scan.import}
          onChange={(event) => {
            for (const file of event.target.files ?? []) scan.getState().add('file', file, file.name);
            event.target.value = '';
          }}
        />
        {removing === null ? null : (
          <RemovePanel
            page={pages.findIndex(({ id }) => id === removing) + 1}
            onKeep={() => setRemoving(null)}
            onRemove={(reason) => {
              setRemoving(null);
              void scan.getState().remove(removing, reason);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}
