import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** Path of the acceptance problem this field answers (`property.location`). */
  path?: string;
  below?: ReactNode;
  tone?: 'plain' | 'good' | 'bad' | 'warn';
}

const TONES = { plain: '', good: styles.good, bad: styles.bad, warn: styles.warn };

/** Label, input and one line of feedback that is read out with the input. */
export function TextField({ label, path, below, tone = 'plain', className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={`${styles.field} ${className ?? ''}`}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div>
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          className={styles.input}
          data-field={path}
          aria-invalid={tone === 'bad'}
          aria-describedby={below === undefined ? undefined : `${id}-below`}
        />
        {below === undefined ? null : (
          <div id={`${id}-below`} className={`${styles.below} ${TONES[tone]}`}>
            {below}
          </div>
        )}
      </div>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  /** Null: not answered yet, nothing is checked. */
  value: T | null;
  /** Path of the acceptance problem this choice answers. */
  path?: string;
  options: readonly { value: T; text: string }[];
  onChange(value: T): void;
}

/** Native radio buttons drawn as one bar: arrow keys move, no popup. */
export function Choice<T extends string>({ label, value, path, options, onChange }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.field} style={{ border: 'none', margin: 0, padding: 0 }}>
      <legend className="visually-hidden">{label}</legend>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div>
        <div className={styles.segments}>
          {options.map((option, index) => (
            <label key={option.value}>
              <input
                type="radio"
                name={name}
                checked={option.value === value}
                data-field={index === 0 ? path : undefined}
                onChange={() => onChange(option.value)}
              />
              {option.text}
            </label>
          ))}
        </div>
      </div>
    </fieldset>
  );
}

interface SelectProps<T extends string> {
  label: string;
  /** Read out instead of a label that is short for want of room; contains it. */
  name?: string | undefined;
  /** Path of the acceptance problem this choice answers. */
  path?: string;
  value: T;
  options: readonly { value: T; text: string }[];
  onChange(value: T): void;
}

/** The native select: opens above the page, typed letters choose, Enter stays free for the page. */
export function SelectField<T extends string>({ label, name, path, value, options, onChange }: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.input}
        data-field={path}
        aria-label={name}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
