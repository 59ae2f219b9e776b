import type { RefObject } from 'react';
import { t } from '../strings/index.ts';
import type { CameraHandle } from './CameraStage.tsx';
import { turnRight } from './geometry.ts';
import type { ScanAct } from './scanKeys.ts';
import type { ScanStore } from './scanStore.ts';
import { isEditable, movedIds, type StagePage } from './stagePage.ts';

interface ActsOf {
  scan: ScanStore;
  camera: RefObject<CameraHandle | null>;
  files: RefObject<HTMLInputElement | null>;
  /** Of the material in hand. */
  pages: readonly StagePage[];
  current: StagePage | null;
  setRemoving(id: string): void;
  onClose(): void;
}

/** What each key and each button does. */
export function useScanActs({
  scan,
  camera,
  files,
  pages,
  current,
  setRemoving,
  onClose,
}: ActsOf): Record<ScanAct, () => void> {
  const { getState } = scan;
  const at = current ? pages.indexOf(current) : -1;
  const choose = (index: number): void => {
    const page = pages[Math.min(pages.length - 1, Math.max(0, index))];
    if (page) getState().select(page.id);
  };
  const move = (step: 1 | -1): void => {
    const order = current && movedIds(pages, current.id, step);
    if (order) void getState().reorder(order);
  };
  const shoot = async (): Promise<void> => {
    const frame = await camera.current?.shoot();
    if (frame) getState().add('camera', frame);
  };
  const finish = async (): Promise<void> => {
    if (await getState().attach()) onClose();
  };
  return {
    shoot: () => void shoot(),
    camera: () => getState().show('camera'),
    import: () => files.current?.click(),
    turn() {
      if (!current || !isEditable(current)) return;
      getState().edit(current.id, turnRight(current.edit));
      getState().show('page');
    },
    crop() {
      getState().startCrop();
    },
    'crop-done': () => getState().endCrop(true),
    remove() {
      if (!current) return;
      // What is not part of a case yet goes without a question: taking it again costs one key.
      if (current.state === 'attached') setRemoving(current.id);
      else void getState().remove(current.id, t.scan.reasons.blurred);
    },
    previous: () => choose(at < 0 ? pages.length - 1 : at - 1),
    next: () => choose(at < 0 ? 0 : at + 1),
    earlier: () => move(-1),
    later: () => move(1),
    attach: () => void finish(),
    back() {
      const { view } = getState();
      if (view === 'camera') onClose();
      else if (view === 'crop') getState().endCrop(false);
      else getState().show('camera');
    },
  };
}
