import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { keepFocus } from '../keepFocus.ts';
import topBar from '../TopBar.module.css';
import { useWorkspace } from '../workspace.ts';
import type { QueueDialog } from './deskTypes.ts';
import styles from './Queue.module.css';
import { useSituation } from './useSituation.ts';
import { asideCount, type Block, blockOf, otherBlock, type Situation, VERBS, type Verb } from './verbs.ts';
import { blockWords, saidWords } from './words.ts';

/** The eight verbs under the top bar, each on its key; what cannot be done now says why when it is pressed. */
export function CallStrip() {
  const situation = useSituation();
  const { state } = situation;
  if (state === null || state.mode === 'none') return null;
  return (
    <section className={styles.strip} aria-label={t.queue.region}>
      <div className={styles.verbs} role="toolbar" aria-label={t.queue.verbs}>
        {VERBS.map((verb) => (
          <VerbButton key={verb} verb={verb} block={blockOf(verb, situation)} situation={situation} />
        ))}
      </div>
      <Arrived situation={situation} />
      <p className={styles.says}>
        <Line situation={situation} />
      </p>
      {state.current ? <WhyButton /> : null}
      <More />
    </section>
  );
}

interface VerbButtonProps {
  verb: Verb;
  block: Block | null;
  situation: Situation;
}

function VerbButton({ verb, block, situation: { state } }: VerbButtonProps) {
  const { desk } = useWorkspace();
  const isPaused = verb === 'pause' && state?.window?.state === 'paused';
  const aside = verb === 'callBack' && state ? asideCount(state) : 0;
  const name = isPaused ? t.queue.do.reopen : aside > 0 ? t.queue.heldCount(aside) : t.queue.do[verb];
  return (
    <button
      type="button"
      className={styles.verb}
      aria-disabled={block !== null}
      aria-keyshortcuts={t.queue.keys[verb]}
      title={block ? blockWords(block) : undefined}
      onMouseDown={keepFocus}
      onClick={() => void desk.press(verb)}
    >
      <kbd>{t.queue.keys[verb]}</kbd>
      {name}
    </button>
  );
}

/** Enter on it, when nobody lays a card. */
function Arrived({ situation }: { situation: Situation }) {
  const { desk } = useWorkspace();
  if (otherBlock('arrive', situation) !== null) return null;
  return (
    <button
      type="button"
      className={`${styles.verb} ${styles.main}`}
      data-field="queue.arrive"
      onClick={() => void desk.arrive()}
    >
      <kbd>{t.keys.enter}</kbd>
      {t.queue.arrive}
    </button>
  );
}

/** One line: what came of the last press, else what the clerk waits for. */
function Line({ situation }: { situation: Situation }) {
  const { desk } = useWorkspace();
  const said = useStore(desk.queue, (store) => store.said);
  const { state, now } = situation;
  if (said?.kind === 'failed') {
    return (
      <span className={styles.failed} role="alert">
        <Icon name="warning" />
        {said.failure.message} <span className={styles.code}>({said.failure.code})</span>
      </span>
    );
  }
  if (said?.kind === 'blocked') {
    // A wait that was named is counted down, and gone when it is over.
    const verb = verbOf(said.block);
    const block = verb ? blockOf(verb, situation) : said.block;
    return block ? <span className={styles.near}>{blockWords(block)}</span> : null;
  }
  const next = ownWait(situation);
  if (next) return <span>{blockWords(next)}</span>;
  const rating = state?.rating;
  const seconds = rating ? Math.ceil((Date.parse(rating.until) - now) / 1000) : 0;
  // Who just pressed F1 is told; the rating goes on without being watched.
  if (rating && seconds > 0 && said?.kind !== 'nobody') {
    return (
      <span className={styles.rating}>
        <Icon name="star" />
        {t.queue.rate(rating.number, seconds)}
      </span>
    );
  }
  if (said) return <span role="status">{saidWords(said)}</span>;
  return null;
}

/** The verb that a countdown belongs to. */
function verbOf({ why }: Block): Verb | null {
  return why === 'wait-recall' ? 'recall' : why === 'wait-pass' ? 'noShow' : null;
}

/** Called and not yet there: until when the next step has to wait. */
function ownWait(situation: Situation): Block | null {
  if (situation.busy || !situation.state?.current) return null;
  for (const verb of ['recall', 'noShow'] as const) {
    const block = blockOf(verb, situation);
    if (block && verbOf(block) === verb) return block;
  }
  return null;
}

function WhyButton() {
  const { view } = useWorkspace();
  return (
    <button
      type="button"
      className={styles.verb}
      aria-keyshortcuts="Alt+W"
      onMouseDown={keepFocus}
      onClick={() => view.setState({ overlay: 'queue-why' })}
    >
      <kbd>{t.queue.keys.why}</kbd>
      {t.queue.why}
    </button>
  );
}

const RARE = [
  ['queue-send-back', t.queue.sendBack],
  ['queue-void', t.queue.void],
  ['queue-catch-up', t.queue.catchUp],
  ['queue-visits', t.queue.visits.title],
] as const satisfies readonly (readonly [QueueDialog, string])[];

function More() {
  const { app, desk } = useWorkspace();
  const takenKeys = useStore(app.status, (status) => status.takenKeys);
  const isTaken = takenKeys.length > 0;
  return (
    <>
      <button type="button" className={styles.verb} popoverTarget="queue-more" onMouseDown={keepFocus}>
        {isTaken ? (
          <span className={styles.near}>
            <Icon name="warning" />
          </span>
        ) : null}
        {t.queue.more}
      </button>
      <div id="queue-more" popover="auto" className={`${topBar.menu} ${styles.more}`}>
        {RARE.map(([dialog, name]) => (
          <button
            key={dialog}
            type="button"
            popoverTarget="queue-more"
            popoverTargetAction="hide"
            onClick={() => desk.openDialog(dialog)}
          >
            {name}
          </button>
        ))}
        {isTaken ? <p className={styles.taken}>{t.queue.taken(takenKeys.join(t.listSeparator))}</p> : null}
      </div>
    </>
  );
}
