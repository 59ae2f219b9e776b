import type { KeyboardEvent } from 'react';
import type { Override } from '../../../domain/case/types.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Form.module.css';
import { giveReason } from '../form/formActions.ts';
import type { FormParty } from '../form/formState.ts';
import { useWorkspace } from '../workspace.ts';

interface ReasonFieldProps {
  party: FormParty;
  code: Override['code'];
  path: string;
}

/** A warning asks for its reason where it stands; ↓ walks through the usual ones. */
export function ReasonField({ party, code, path }: ReasonFieldProps) {
  const { form } = useWorkspace();
  const reason = party.overrides.find((override) => override.code === code)?.reason ?? '';
  const common = t.reason.common[code];
  const give = (text: string): void => form.getState().change((state) => giveReason(state, party.key, code, text));
  const title = code === 'card-expired' ? t.reason['card-expired'](party.cardValidTo ?? '') : t.reason[code];

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const at = common.indexOf(reason);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = at < 0 ? 0 : (at + step + common.length) % common.length;
    give(common[next] ?? '');
  };

  return (
    <div className={styles.reason}>
      <div className={styles.reasonTitle}>
        <Icon name="warning" />
        {title}
      </div>
      <input
        className={styles.wide}
        data-field={path}
        aria-label={`${title}${t.colon}${t.reason.label}`}
        aria-required="true"
        placeholder={t.reason.ask}
        autoComplete="off"
        value={reason}
        onChange={(event) => give(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {reason === '' ? (
        <div className={styles.commonReasons}>
          {common.map((text) => (
            <Button key={text} size="small" onClick={() => give(text)}>
              {text}
            </Button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
