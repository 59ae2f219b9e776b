import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from '../Form.module.css';
import { chooseDelivery } from '../form/formActions.ts';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { DetailField } from './DetailField.tsx';
import details from './Details.module.css';

/** 领证方式: at the window, or by express to an address (T36). */
export function DeliverySection() {
  const workspace = useWorkspace();
  const { asks, form } = useForm();
  if (!asks.delivery) return null;
  const method = form.fields['delivery.method'] === 'mail' ? 'mail' : 'window';
  return (
    <section className={styles.section} aria-label={t.details.delivery}>
      <h2 className={windowStyles.heading}>{t.details.delivery}</h2>
      <div className={`${styles.box} ${details.fourLabels}`}>
        <Choice<'window' | 'mail'>
          label={t.details.deliveryWay}
          path="delivery.method"
          value={method}
          options={(['window', 'mail'] as const).map((value) => ({ value, text: t.details.deliveries[value] }))}
          onChange={(value) => workspace.form.getState().change((state) => chooseDelivery(state, value), { now: true })}
        />
        {method === 'mail' ? (
          <>
            <div className={details.pair}>
              <DetailField path="delivery.receiver" label={t.details.receiver} maxLength={100} />
              <DetailField
                path="delivery.phone"
                className={details.twoLabels}
                label={t.party.phone}
                aria-label={t.details.receiverPhone}
                inputMode="tel"
                maxLength={20}
              />
            </div>
            <DetailField path="delivery.address" label={t.details.address} maxLength={200} />
          </>
        ) : null}
      </div>
    </section>
  );
}
