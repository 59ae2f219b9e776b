import styles from './StartButton.module.css';

interface StartButtonProps {
  label: string;
  hint: string;
  /** On a page that has more than it. */
  brief?: boolean | undefined;
  onStart(): void;
}

/** The one thing to touch on a page where nobody stands; directly in its `main`. */
export function StartButton({ label, hint, brief = false, onStart }: StartButtonProps) {
  return (
    <button type="button" className={`${styles.start} ${brief ? styles.brief : ''}`} onClick={onStart}>
      {label}
      <small>{hint}</small>
    </button>
  );
}
