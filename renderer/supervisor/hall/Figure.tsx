import { Icon } from '../../ui/Icon.tsx';
import styles from './Hall.module.css';

interface FigureProps {
  name: string;
  value: string;
  tone?: 'calm' | 'near' | 'over';
  /** Beside a heading instead of in a box of its own. */
  isInline?: boolean;
  onOpen(): void;
}

/** One figure; it opens the list behind it. */
export function Figure({ name, value, tone = 'calm', isInline = false, onOpen }: FigureProps) {
  const look = [styles.figure, isInline ? styles.inline : '', tone === 'calm' ? '' : styles[`${tone}Text`]];
  return (
    <button type="button" className={look.filter(Boolean).join(' ')} onClick={onOpen}>
      <span>{name}</span>{' '}
      <b className={styles.value}>
        {tone === 'calm' ? null : <Icon name="warning" />}
        {value}
      </b>
    </button>
  );
}
