import { t } from '../../strings/index.ts';
import styles from '../Form.module.css';
import { questionsOf } from '../form/conditions.ts';
import { answerCondition } from '../form/formActions.ts';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';

/** Only what the chosen item asks. */
export function ConditionSection() {
  const { form } = useWorkspace();
  const { form: state, asks, catalogue } = useForm();
  // What the register says is answered beside the unit.
  const questions = questionsOf(state, catalogue).filter(
    ({ condition }) => condition !== 'encumbered' || !asks.register,
  );
  if (questions.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t.condition.section}>
      <h2 className={windowStyles.heading}>{t.condition.section}</h2>
      <div className={styles.toggles}>
        {questions.map(({ condition, on, derived }) => (
          <label key={condition} className={styles.toggle} title={derived ? t.condition.derived : undefined}>
            <input
              type="checkbox"
              checked={on}
              onChange={(event) =>
                form
                  .getState()
                  .change((store) => answerCondition(store, condition, event.target.checked), { now: true })
              }
            />
            {t.condition[condition]}
          </label>
        ))}
      </div>
    </section>
  );
}
