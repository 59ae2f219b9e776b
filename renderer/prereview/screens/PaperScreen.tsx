import { useState } from 'react';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import { whereToGet } from '../../../domain/preReview/whereToGet.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import { PaperPicture } from '../PaperPicture.tsx';
import styles from './PaperScreen.module.css';
import { nameOf } from './PapersScreen.tsx';

/** One paper: there, not there, or what does it look like. */
export function PaperScreen({ state, index }: { state: KioskState; index: number }) {
  const [isSample, setSample] = useState(false);
  const catalogue = useCatalogue('');
  const words = t.prereview.paper;
  const paper = state.papers[index];
  if (!paper) return null;
  const name = nameOf(paper.code, paper.name, state.item?.applicancy === 'joint');
  const isOriginal = findMaterial(paper.code, catalogue)?.forms[0] === 'original';
  return (
    <main className={kiosk.halves} key={paper.code}>
      <section className={kiosk.ask} aria-labelledby="question">
        <p className={kiosk.aside}>{words.count(index + 1, state.papers.length)}</p>
        <h1 id="question">{words.question(name)}</h1>
        <p>{isOriginal ? words.original : words.viewed}</p>
        <Failed failure={state.failure} />
      </section>
      <div className={styles.big}>
        <PaperPicture code={paper.code} />
      </div>
      <div className={styles.answers}>
        <button
          type="button"
          className={kiosk.secondary}
          disabled={state.busy !== null}
          onClick={() => state.answer(false)}
        >
          {words.hasNot}
        </button>
        <button type="button" className={kiosk.secondary} onClick={() => setSample(true)}>
          {words.sample}
        </button>
        <button
          type="button"
          className={kiosk.primary}
          disabled={state.busy !== null}
          onClick={() => state.answer(true)}
        >
          {words.has}
        </button>
      </div>
      {isSample ? (
        <Dialog
          title={words.sampleTitle(name)}
          className={kiosk.dialog}
          onClose={() => setSample(false)}
          actions={
            <button type="button" data-default className={kiosk.primary} onClick={() => setSample(false)}>
              {words.close}
            </button>
          }
        >
          <div className={styles.sample}>
            <div className={styles.big}>
              <PaperPicture code={paper.code} />
            </div>
            <dl>
              <dt>{words.look}</dt>
              <dd>{paper.hint}</dd>
              <dt>{words.where}</dt>
              <dd>{whereToGet(paper.code)}</dd>
            </dl>
            <p className={kiosk.aside}>{words.sampleNote}</p>
          </div>
        </Dialog>
      ) : null}
    </main>
  );
}
