import { type KeyboardEvent, useRef } from 'react';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import styles from './Acts.module.css';

interface ReasonChoiceProps {
  label: string;
  reasons: readonly string[];
  value: string;
  onChange(text: string): void;
  isDefault?: boolean;
}

/** A reason: typed, chosen, or ↓ through the usual ones. */
export function ReasonChoice({ label, reasons, value, onChange, isDefault = false }: ReasonChoiceProps) {
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const at = reasons.indexOf(value);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    onChange(reasons[at < 0 ? 0 : (at + step + reasons.length) % reasons.length] ?? '');
  };
  // The button goes with the choice; the focus it had would be lost, and Enter with it.
  const choose = (text: string): void => {
    onChange(text);
    group.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={group} className={styles.reason}>
      <TextField
        label={label}
        value={value}
        maxLength={200}
        aria-required="true"
        placeholder={reasons.length > 1 ? t.acts.usual : undefined}
        {...(isDefault && { 'data-default': true })}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === '' ? (
        <div className={styles.choices}>
          {reasons.map((text) => (
            <Button key={text} size="small" onClick={() => choose(text)}>
              {text}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
