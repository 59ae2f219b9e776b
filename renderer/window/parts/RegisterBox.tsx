import type { Encumbrance } from '../../../domain/case/details.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from '../Form.module.css';
import { toggleEncumbrance } from '../form/formActions.ts';
import { useForm, useSentences } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import details from './Details.module.css';

const ENTRIES = ['mortgage', 'notice', 'seal', 'objection'] as const satisfies Encumbrance[];

/**
 * What the register holds against the unit (domain.md §3.5): a seal or an objection stops the application, a mortgage or a
 * notice asks for the consent of him whose it is.
 */
export function RegisterBox() {
  const workspace = useWorkspace();
  const { asks, form } = useForm();
  const stop = useSentences().get('property.encumbrances');
  if (!asks.register) return null;
  return (
    <fieldset className={details.register} aria-label={t.details.register}>
      <span className={details.registerLabel} aria-hidden="true">
        {t.details.registerShort}
      </span>
      <div className={`${styles.toggles} ${details.entries}`}>
        {ENTRIES.map((entry, index) => (
          <label key={entry} className={`${styles.toggle} ${details.entry}`}>
            <input
              type="checkbox"
              data-field={index === 0 ? 'property.encumbrances' : undefined}
              checked={form.encumbrances.includes(entry)}
              onChange={() =>
                workspace.form.getState().change((state) => toggleEncumbrance(state, entry), { now: true })
              }
            />
            {t.details.encumbrances[entry]}
          </label>
        ))}
      </div>
      {stop === undefined ? null : (
        <p className={details.wrong} role="alert">
          <Icon name="warning" />
          {stop}
        </p>
      )}
    </fieldset>
  );
}
