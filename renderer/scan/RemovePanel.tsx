import { useEffect, useRef, useState } from 'react';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Choice } from '../ui/Field.tsx';
import styles from './Scan.module.css';

type Reason = keyof typeof t.scan.reasons;
const REASONS: readonly Reason[] = ['blurred', 'twice', 'misplaced', 'foreign'];

interface RemovePanelProps {
  page: number;
  onKeep(): void;
  onRemove(reason: string): void;
}

/** Taking a page out of a case is a record: it needs a reason, and keeping is the safe answer. */
export function RemovePanel({ page, onKeep, onRemove }: RemovePanelProps) {
  const [reason, setReason] = useState<Reason | null>(null);
  const keep = useRef<HTMLDivElement>(null);
  useEffect(() => keep.current?.querySelector('button')?.focus(), []);
  return (
    <section
      className={styles.remove}
      aria-label={t.scan.removeTitle(page)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onKeep();
      }}
    >
      <strong>{t.scan.removeTitle(page)}</strong>
      <p>{t.scan.removeEffect}</p>
      <Choice<Reason>
        label={t.scan.reason}
        value={reason}
        options={REASONS.map((value) => ({ value, text: t.scan.reasons[value] }))}
        onChange={setReason}
      />
      <div ref={keep} className={styles.answers}>
        <Button keyName={t.keys.esc} onClick={onKeep}>
          {t.scan.keep}
        </Button>
        <Button look="danger" disabled={reason === null} onClick={() => reason && onRemove(t.scan.reasons[reason])}>
          {t.scan.remove}
        </Button>
      </div>
    </section>
  );
}
