import { useEffect, useRef, useState } from 'react';
import { t } from '../strings/index.ts';
import { Button } from './Button.tsx';
import styles from './PaperPreview.module.css';
import { ScrollRegion } from './ScrollRegion.tsx';

interface PaperPreviewProps {
  title: string;
  /** One SVG document for each page, paths only (service/papers/render.ts). */
  pages: readonly string[];
}

type Fit = 'page' | 'width';

/**
 * The paper as it will come out: the same outlines the printer gets. Pages are pictures from blob addresses, so nothing in
 * them can run. Printing the window prints the pages alone, one to a sheet.
 */
export function PaperPreview({ title, pages }: PaperPreviewProps) {
  const addresses = usePageAddresses(pages);
  const [fit, setFit] = useState<Fit>('page');
  const [current, setCurrent] = useState(0);
  const sheets = useRef<(HTMLImageElement | null)[]>([]);
  const show = (index: number): void => {
    setCurrent(index);
    sheets.current[index]?.scrollIntoView({ block: 'start' });
  };
  const follow = (sheetsBox: DOMRect): void => {
    const middle = sheetsBox.top + sheetsBox.height / 2;
    const seen = sheets.current.findIndex((sheet) => sheet !== null && sheet.getBoundingClientRect().bottom > middle);
    if (seen >= 0) setCurrent(seen);
  };
  return (
    <section className={styles.preview} aria-label={t.papers.region(title)}>
      <nav className={styles.thumbs} aria-label={t.papers.pages}>
        {addresses.map((address, index) => (
          <button
            key={address}
            type="button"
            className={styles.thumb}
            aria-current={index === current ? 'page' : undefined}
            onClick={() => show(index)}
          >
            <img src={address} alt="" />
            <span>{t.papers.page(index + 1, pages.length)}</span>
          </button>
        ))}
      </nav>
      <div className={styles.main}>
        <div className={styles.tools} role="toolbar" aria-label={t.papers.zoom}>
          <Button size="small" aria-pressed={fit === 'page'} onClick={() => setFit('page')}>
            {t.papers.fitPage}
          </Button>
          <Button size="small" aria-pressed={fit === 'width'} onClick={() => setFit('width')}>
            {t.papers.fitWidth}
          </Button>
        </div>
        <ScrollRegion
          className={styles.sheets}
          aria-label={title}
          onScroll={(event) => follow(event.currentTarget.getBoundingClientRect())}
        >
          {addresses.map((address, index) => (
            <img
              key={address}
              ref={(element) => {
                sheets.current[index] = element;
              }}
              className={fit === 'page' ? styles.wholePage : styles.wholeWidth}
              src={address}
              alt={t.papers.sheet(title, index + 1, pages.length)}
            />
          ))}
        </ScrollRegion>
      </div>
    </section>
  );
}

/** Blob addresses of the pages, given back when they change or the preview closes. */
function usePageAddresses(pages: readonly string[]): readonly string[] {
  const [addresses, setAddresses] = useState<readonly string[]>([]);
  useEffect(() => {
    const made = pages.map((svg) => URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })));
    setAddresses(made);
    return () => {
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [pages]);
  return addresses;
}
