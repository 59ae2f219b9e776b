import { useEffect, useState } from 'react';
import styles from './Notice.module.css';
import { times } from './tokens.ts';

const WIDTHS = ['60%', '85%', '72%', '40%'];

/** Grey lines for slow loading; nothing at all before 300 ms, so that a fast answer never flickers. */
export function Skeleton({ label }: { label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), times.skeletonAfter);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {WIDTHS.map((width) => (
        <span key={width} style={{ width }} />
      ))}
    </div>
  );
}
