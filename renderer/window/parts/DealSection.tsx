import { useStore } from 'zustand';
import { MORTGAGE_WAYS } from '../../../domain/case/details.ts';
import { mortgageWaysOf } from '../../../domain/catalogue/asks.ts';
import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from '../Form.module.css';
import { chosen } from '../form/fields.ts';
import { setField } from '../form/formActions.ts';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { DetailField } from './DetailField.tsx';
import details from './Details.module.css';

/** What is paid, and what is owed: the price of a transfer, the claim of a mortgage. */
export function DealSection() {
  const { asks, item } = useForm();
  if (!item || (!asks.price && !asks.mortgage)) return null;
  const title = asks.mortgage ? t.details.mortgage : t.details.deal;
  const isMaximum = mortgageWaysOf(item)[0] === 'maximum';
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={windowStyles.heading}>
        {title}
        {asks.mortgage ? <FixedWay /> : null}
      </h2>
      <div className={`${styles.box} ${details.fourLabels}`}>
        {asks.price ? (
          <DetailField
            path="priceFen"
            label={t.details.price}
            inputMode="decimal"
            maxLength={20}
            placeholder={asks.price === 'needed' ? t.details.yuan : t.details.yuanOptional}
          />
        ) : null}
        {asks.mortgage ? (
          <>
            <WayChoice />
            <DetailField
              path="mortgage.amountFen"
              label={isMaximum ? t.details.highestAmount : t.details.amount}
              inputMode="decimal"
              maxLength={20}
              placeholder={t.details.yuan}
            />
            <Period of="mortgage" label={isMaximum ? t.details.claimPeriod : t.details.debtPeriod} />
          </>
        ) : null}
      </div>
    </section>
  );
}

/** Said where there is nothing to choose. */
function FixedWay() {
  const { item } = useForm();
  const [way, ...others] = item ? mortgageWaysOf(item) : [];
  return way && others.length === 0 ? <span className={windowStyles.end}>{MORTGAGE_WAYS[way].name}</span> : null;
}

function WayChoice() {
  const workspace = useWorkspace();
  const { item } = useForm();
  const fields = useStore(workspace.form, (state) => state.form.fields);
  const ways = item ? mortgageWaysOf(item) : [];
  if (ways.length < 2) return null;
  return (
    <Choice
      label={t.details.way}
      path="mortgage.way"
      value={chosen(fields, 'mortgage.way') ?? ways[0] ?? null}
      options={ways.map((value) => ({ value, text: MORTGAGE_WAYS[value].name }))}
      onChange={(value) => workspace.form.getState().change((state) => setField(state, 'mortgage.way', value))}
    />
  );
}

/** Two days, from and to, in one row. */
export function Period({ of, label }: { of: 'mortgage' | 'seal'; label: string }) {
  return (
    <div className={details.period}>
      <DetailField
        path={`${of}.from`}
        label={label}
        aria-label={t.details.from(label)}
        placeholder={t.details.day}
        maxLength={12}
      />
      <DetailField
        path={`${of}.to`}
        className={details.until}
        label={t.details.until}
        aria-label={t.details.to(label)}
        placeholder={t.details.day}
        maxLength={12}
      />
    </div>
  );
}
