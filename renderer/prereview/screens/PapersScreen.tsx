import { isIdentity } from '../../../domain/preReview/papers.ts';
import { t } from '../../strings/index.ts';
import { Failed } from '../Failed.tsx';
import kiosk from '../Kiosk.module.css';
import type { KioskState } from '../kioskStore.ts';
import { PaperPicture } from '../PaperPicture.tsx';
import styles from './PapersScreen.module.css';

/** Everything at a glance: who has it all is done with one touch. */
export function PapersScreen({ state }: { state: KioskState }) {
  const words = t.prereview.papers;
  const { papers, item } = state;
  const isOne = papers.length === 1;
  return (
    <main className={styles.papersPage}>
      <h1 id="question">{words.question(papers.length)}</h1>
      <ul className={styles.papers} data-count={papers.length}>
        {papers.map(({ code, name }) => (
          <li key={code}>
            <div className={styles.thumb}>
              <PaperPicture code={code} />
            </div>
            <span>{nameOf(code, name, item?.applicancy === 'joint')}</span>
          </li>
        ))}
      </ul>
      <p className={kiosk.aside}>{words.shared}</p>
      <Failed failure={state.failure} />
      <div className={kiosk.pair}>
        <button type="button" className={kiosk.secondary} disabled={state.busy !== null} onClick={state.oneByOne}>
          {isOne ? words.oneByOneOne : words.oneByOne}
        </button>
        <button type="button" className={kiosk.primary} disabled={state.busy !== null} onClick={state.allThere}>
          {isOne ? words.allOne : words.all}
        </button>
      </div>
    </main>
  );
}

/** Where both sides apply, both have to show who they are. */
export function nameOf(code: string, name: string, isJoint: boolean): string {
  return isJoint && isIdentity(code) ? t.prereview.paper.both : name;
}
