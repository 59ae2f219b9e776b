import { useId, useState } from 'react';
import { POLICY_LIMITS, type PolicyNumber, policyValue, UNIT_MS } from '../../../domain/board/planProblems.ts';
import { PASS_POLICIES, type PassPolicy, type QueuePolicy } from '../../../domain/queue/hallTypes.ts';
import { t } from '../../strings/index.ts';
import styles from './Plan.module.css';

interface PolicyTableProps {
  policy: QueuePolicy;
  onChange(policy: QueuePolicy): void;
  /** What is typed is no number, or out of the rule's limits: nothing is put in force meanwhile. */
  onWrong(rule: PolicyNumber, isWrong: boolean): void;
}

type Flag = 'stopBeforeClosing' | 'showNames';

const NUMBERS = Object.keys(POLICY_LIMITS) as PolicyNumber[];
const FLAGS: readonly Flag[] = ['stopBeforeClosing', 'showNames'];

/** The rules of the queue, each with what it does and how far it may go. */
export function PolicyTable({ policy, onChange, onWrong }: PolicyTableProps) {
  const id = useId();
  return (
    <section aria-label={t.boardPlan.rules}>
      <h2 className={styles.title}>{t.boardPlan.rules}</h2>
      <dl className={styles.rules}>
        <div>
          <dt>
            <label htmlFor={id}>{t.boardPlan.fields.passPolicy[0]}</label>
            <span className={styles.muted}>{t.boardPlan.fields.passPolicy[1]}</span>
          </dt>
          <dd>
            <select
              id={id}
              className={styles.input}
              value={policy.passPolicy}
              onChange={(event) => onChange({ ...policy, passPolicy: event.target.value as PassPolicy })}
            >
              {PASS_POLICIES.map((each) => (
                <option key={each} value={each}>
                  {t.boardPlan.passPolicies[each]}
                </option>
              ))}
            </select>
          </dd>
        </div>
        {NUMBERS.map((rule) => (
          <NumberRule
            key={rule}
            rule={rule}
            value={policy[rule]}
            onChange={(value) => {
              onWrong(rule, value === null);
              if (value !== null) onChange({ ...policy, [rule]: value });
            }}
          />
        ))}
        {FLAGS.map((flag) => (
          <div key={flag}>
            <dt>
              <label htmlFor={`${id}-${flag}`}>{t.boardPlan.fields[flag][0]}</label>
              <span className={styles.muted}>{t.boardPlan.fields[flag][1]}</span>
            </dt>
            <dd>
              <input
                id={`${id}-${flag}`}
                type="checkbox"
                checked={policy[flag]}
                onChange={(event) => onChange({ ...policy, [flag]: event.target.checked })}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface NumberRuleProps {
  rule: PolicyNumber;
  value: number;
  onChange(value: number | null): void;
}

function NumberRule({ rule, value, onChange }: NumberRuleProps) {
  const id = useId();
  const { unit, from, to } = POLICY_LIMITS[rule];
  const [text, setText] = useState(String(value / UNIT_MS[unit]));
  const isWrong = policyValue(rule, text) === null;
  const [name, explained] = t.boardPlan.fields[rule];
  return (
    <div>
      <dt>
        <label htmlFor={id}>{name}</label>
        <span className={isWrong ? styles.wrong : styles.muted} id={`${id}-rule`}>
          {isWrong ? t.boardPlan.badNumber(from, to) : explained}
        </span>
      </dt>
      <dd>
        <input
          id={id}
          className={`${styles.input} ${styles.small}`}
          inputMode="numeric"
          maxLength={4}
          aria-invalid={isWrong}
          aria-describedby={`${id}-rule`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange(policyValue(rule, event.target.value));
          }}
        />{' '}
        {t.boardPlan[unit]} <span className={styles.muted}>{t.boardPlan.limits(from, to)}</span>
      </dd>
    </div>
  );
}
