import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../strings/index.ts';
import { Key } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import styles from './Scan.module.css';
import type { ScanStore } from './scanStore.ts';
import type { StagePage } from './stagePage.ts';

interface PageStripProps {
  scan: ScanStore;
  pages: readonly StagePage[];
}

/** The pages of the material in hand, in order; dragged or moved by Alt and an arrow. */
export function PageStrip({ scan, pages }: PageStripProps) {
  const selected = useStore(scan, (state) => state.selected);
  const [dragged, setDragged] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (selected !== null) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  const dropOn = (target: string): void => {
    if (dragged === null || dragged === target) return;
    const ids = pages.map(({ id }) => id).filter((id) => id !== dragged);
    const to = pages.findIndex(({ id }) => id === target);
    ids.splice(to, 0, dragged);
    void scan.getState().reorder(ids);
  };

  return (
    <section className={styles.strip} aria-label={t.scan.list}>
      <ol ref={list} className={styles.thumbnails}>
        {pages.map((page, index) => (
          <li
            key={page.id}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              setDragged(page.id);
            }}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => {
              if (dragged !== null) event.preventDefault();
            }}
            onDrop={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              event.stopPropagation();
              dropOn(page.id);
            }}
          >
            <Thumbnail
              page={page}
              number={index + 1}
              isCurrent={page.id === selected}
              onSelect={() => scan.getState().select(page.id)}
            />
          </li>
        ))}
      </ol>
      {pages.length === 0 ? <p className={styles.empty}>{t.scan.empty}</p> : null}
      {pages.length > 1 ? (
        <p className={styles.hint}>
          <Key>{t.scan.keyMove}</Key> {t.scan.keyMoveDoes}
        </p>
      ) : null}
    </section>
  );
}

interface ThumbnailProps {
  page: StagePage;
  number: number;
  isCurrent: boolean;
  onSelect(): void;
}

const TONES = { held: '', attached: styles.good, failed: styles.bad, saving: '' };

function Thumbnail({ page, number, isCurrent, onSelect }: ThumbnailProps) {
  const state = t.scan.state[page.state];
  return (
    <button
      type="button"
      className={styles.thumbnail}
      data-through
      aria-current={isCurrent || undefined}
      onClick={onSelect}
    >
      <span className={styles.paper}>
        {page.thumbnail !== null ? (
          <img src={page.thumbnail} alt="" draggable={false} />
        ) : page.media === 'application/pdf' ? (
          <b>{t.scan.pdf(page.sheets ?? 0)}</b>
        ) : null}
      </span>
      <span className={styles.caption}>
        <b>{t.scan.picture(number)}</b>{' '}
        <span className={TONES[page.state]}>
          {page.state === 'attached' ? <Icon name="good" /> : page.state === 'failed' ? <Icon name="warning" /> : null}
          {state}
        </span>
      </span>
    </button>
  );
}
