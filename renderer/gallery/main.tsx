import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { applyTokens } from '../ui/applyTokens.ts';
import { Button } from '../ui/Button.tsx';
import { PaperPreview } from '../ui/PaperPreview.tsx';
import '../ui/base.css';
import styles from './Gallery.module.css';

/** Every paper in the preview, for people and tests (tests/e2e/papers.test.ts builds it); never part of the program. */
interface GalleryPaper {
  title: string;
  pages: string[];
}

function Gallery({ papers }: { papers: readonly GalleryPaper[] }) {
  const [chosen, setChosen] = useState(papers[0]);
  return (
    <main className={styles.gallery}>
      <div className={styles.titles}>
        {papers.map((paper) => (
          <Button key={paper.title} size="small" aria-pressed={paper === chosen} onClick={() => setChosen(paper)}>
            {paper.title}
          </Button>
        ))}
      </div>
      {chosen === undefined ? null : <PaperPreview key={chosen.title} title={chosen.title} pages={chosen.pages} />}
    </main>
  );
}

applyTokens(document.documentElement, 'desk');
/** Written beside the page by whoever builds it. */
const address = new URL('papers.js', location.href).href;
const { default: papers } = (await import(/* @vite-ignore */ address)) as { default: GalleryPaper[] };
const root = document.getElementById('root');
if (root) createRoot(root).render(<Gallery papers={papers} />);
