import { useState } from 'react';
import { maskBankCard } from '../../../domain/identity/mask.ts';
import { t } from '../../strings/index.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import type { FormParty } from '../form/formState.ts';
import { useSentences } from '../useForm.ts';

interface BankFieldProps {
  party: FormParty;
  path: string;
  unmasked: boolean;
  onChange(part: Pick<FormParty, 'bankNumber'>): void;
}

/** A card of a person, an account of a company: once it is right and left, only its last four digits are seen. */
export function BankField({ party, path, unmasked, onChange }: BankFieldProps) {
  const [isFocused, setFocused] = useState(false);
  const problem = useSentences().get(path);
  const isMasked = !isFocused && !unmasked && problem === undefined;
  const digits = party.bankNumber.replace(/[\s-]+/g, '');
  return (
    <CheckedField
      label={party.kind === 'person' ? t.details.bank : t.details.account}
      aria-label={t.details.bankOf(party.name)}
      path={path}
      inputMode="numeric"
      maxLength={40}
      value={isMasked ? maskBankCard(digits) : party.bankNumber}
      problem={problem}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onChange={(event) => onChange({ bankNumber: event.target.value })}
    />
  );
}
