import { useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../app/failure.ts';
import { t } from '../strings/index.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import { CropBox } from './CropBox.tsx';
import { WHOLE } from './geometry.ts';
import { drawPage } from './picture.ts';
import styles from './Scan.module.css';
import type { ScanStore } from './scanStore.ts';
import type { StagePage } from './stagePage.ts';

/** As large as a screen shows. */
const SCREEN_PIXELS = 1600;

interface PageStageProps {
  scan: ScanStore;
  page: StagePage;
  number: number;
  cropping: boolean;
}

/** One page, large; while it is cropped, the whole of it with the frame over it. */
export function PageStage({ scan, page, number, cropping }: PageStageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shape, setShape] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, media } = page;
  const { turns } = page.edit;
  const crop = cropping ? WHOLE : page.edit.crop;

  useEffect(() => {
    let current = true;
    const show = async (): Promise<void> => {
      if (media !== 'image/jpeg') return;
      try {
        const master = await scan.getState().masterOf(id);
        if (!current || !canvas.current) return;
        await drawPage(canvas.current, master, { turns, crop }, SCREEN_PIXELS);
        if (current && canvas.current) setShape(canvas.current.width / canvas.current.height);
      } catch (error) {
        if (current) setFailure(toFailure(error));
      }
    };
    void show();
    return () => {
      current = false;
    };
  }, [scan, id, media, turns, crop]);

  if (media === 'application/pdf') return <p className={styles.fault}>{t.scan.pdf(page.sheets ?? 0)}</p>;
  return (
    <div className={styles.page}>
      {page.failure ? <FailureNotice failure={page.failure} /> : null}
      {failure && !page.failure ? <FailureNotice failure={failure} /> : null}
      <div className={styles.view}>
        <div
          className={styles.sheet}
          hidden={shape === null}
          style={{ '--shape': shape ?? 1 } as Record<string, number>}
        >
          <canvas ref={canvas} role="img" aria-label={t.scan.picture(number)} />
          {cropping ? <CropBox rect={page.edit.crop} onChange={(next) => scan.getState().crop(next)} /> : null}
        </div>
      </div>
      {cropping ? <p className={styles.hint}>{t.scan.cropHint}</p> : null}
    </div>
  );
}
