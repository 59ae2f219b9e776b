import { type ComponentProps, useState } from 'react';
import { TextField } from './Field.tsx';

interface CheckedFieldProps extends Omit<ComponentProps<typeof TextField>, 'value'> {
  value: string;
  /** What is wrong with it; undefined when nothing is. */
  problem: string | undefined;
  /** Said below while nothing is wrong. */
  hint?: string | undefined;
}

/** A field that says what is wrong with it once it is left: half a number is not yet wrong, and an empty one only missing. */
export function CheckedField({ problem, hint, value, onFocus, onBlur, ...rest }: CheckedFieldProps) {
  const [isFocused, setFocused] = useState(false);
  const isWrong = problem !== undefined && value.trim() !== '' && !isFocused;
  return (
    <TextField
      {...rest}
      value={value}
      below={isWrong ? problem : hint}
      tone={isWrong ? 'bad' : 'plain'}
      onFocus={(event) => {
        setFocused(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setFocused(false);
        onBlur?.(event);
      }}
    />
  );
}
