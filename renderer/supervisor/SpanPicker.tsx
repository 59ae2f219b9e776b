import { type ReactNode, useState } from 'react';
import { type DaySpan, isDay, type SpanName, spanOf } from '../app/days.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/Field.tsx';
import styles from './Supervisor.module.css';

const NAMES: readonly SpanName[] = ['today', 'week', 'month'];

interface SpanPickerProps {
  span: DaySpan;
  today: string;
  onChange(span: DaySpan): void;
  onRefresh(): void;
  /** What the days are those of; the acceptance when left out. */
  from?: string;
  children?: ReactNode;
}

/** Which days are asked for: three usual spans, or any two days. What is half typed asks nothing. */
export function SpanPicker({ span, today, onChange, onRefresh, from = t.oversight.from, children }: SpanPickerProps) {
  const [typed, setTyped] = useState(span);
  const isWrong = !isDay(typed.from) || !isDay(typed.to) || typed.from > typed.to;
  const type = (part: Partial<DaySpan>): void => {
    const next = { ...typed, ...part };
    setTyped(next);
    if (isDay(next.from) && isDay(next.to) && next.from <= next.to) onChange(next);
  };
  return (
    <>
      <div className={styles.tools}>
        {NAMES.map((name) => {
          const usual = spanOf(name, today);
          const isChosen = usual.from === span.from && usual.to === span.to;
          return (
            <Button
              key={name}
              aria-pressed={isChosen}
              onClick={() => {
                setTyped(usual);
                onChange(usual);
              }}
            >
              {t.oversight.spans[name]}
            </Button>
          );
        })}
        <TextField
          className={styles.day ?? ''}
          label={from}
          inputMode="numeric"
          maxLength={10}
          value={typed.from}
          onChange={(event) => type({ from: event.target.value })}
        />
        <TextField
          className={styles.day ?? ''}
          label={t.oversight.to}
          inputMode="numeric"
          maxLength={10}
          value={typed.to}
          onChange={(event) => type({ to: event.target.value })}
        />
        {children}
        <Button look="plain" onClick={onRefresh}>
          {t.oversight.refresh}
        </Button>
      </div>
      {isWrong ? (
        <p className={styles.wrong} role="status">
          {t.oversight.badDay}
        </p>
      ) : null}
    </>
  );
}
