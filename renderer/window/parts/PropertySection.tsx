import { useStore } from 'zustand';
import { columnsOf } from '../../../domain/slip/document.ts';
import { t } from '../../strings/index.ts';
import { TextField } from '../../ui/Field.tsx';
import styles from '../Form.module.css';
import { certificateFeedback } from '../form/certificateFeedback.ts';
import { asksCertificate } from '../form/formDraft.ts';
import { groupUnitNumber, unitFeedback } from '../form/idFeedback.ts';
import { useForm, useSentences, useWarnings } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { CodeField, DetailField } from './DetailField.tsx';
import details from './Details.module.css';
import { describe, toneOf } from './HandEntry.tsx';
import { RegisterBox } from './RegisterBox.tsx';

const UNIT = 'property.unitNumber';

/** Half-width columns that the narrowest field shows; a longer location is repeated below it, to be checked. */
const FITS = 32;

export function PropertySection() {
  const { form } = useWorkspace();
  const { asks, item, catalogue } = useForm();
  const location = useStore(form, (state) => state.form.location);
  const unitNumber = useStore(form, (state) => state.form.unitNumber);
  const certificate = useStore(form, (state) => state.form.certificate);
  const withCertificate = useStore(form, (state) => asksCertificate(state.form, catalogue));
  const unit = describeUnit(unitNumber, useSentences().get(UNIT), useWarnings().get(UNIT));
  const isLong = columnsOf(location) > FITS;
  if (item && !asks.property) return null;
  return (
    <section className={styles.section} aria-label={t.property.section}>
      <h2 className={windowStyles.heading}>{t.property.section}</h2>
      <div className={`${styles.box} ${styles.shortLabels}`}>
        <TextField
          label={t.property.location}
          path="property.location"
          placeholder={t.property.locationHint}
          maxLength={500}
          below={isLong ? location : undefined}
          value={location}
          onChange={(event) => form.getState().change((state) => ({ ...state, location: event.target.value }))}
        />
        <TextField
          label={t.property.unit}
          path={UNIT}
          placeholder={t.property.unitHint}
          below={unit.text}
          tone={unit.tone}
          value={unitNumber}
          onChange={(event) => {
            const { value, selectionStart } = event.target;
            // Grouping only while typing at the end, so that the caret never jumps.
            const text = selectionStart === value.length ? groupUnitNumber(value) : value.toUpperCase();
            form.getState().change((state) => ({ ...state, unitNumber: text }));
          }}
        />
        {withCertificate ? <CertificateField value={certificate} /> : null}
        {asks.area || asks.use ? (
          <div className={details.pair}>
            {asks.area ? (
              <DetailField
                path="property.area"
                label={t.details.area}
                aria-label={t.details.areaOf}
                inputMode="decimal"
                maxLength={20}
                placeholder={t.details.areaHint}
              />
            ) : null}
            {asks.use ? <CodeField path="property.use" label={t.details.use} name={t.details.useOf} /> : null}
          </div>
        ) : null}
        {asks.land ? (
          <div className={details.pair}>
            <CodeField path="property.landUse" label={t.details.landUse} name={t.details.landUseOf} />
            <CodeField path="property.landNature" label={t.details.landNature} name={t.details.landNatureOf} />
          </div>
        ) : null}
        <RegisterBox />
      </div>
    </section>
  );
}

/** While it is typed, how far; then what is wrong with it, whose it is, or what is odd. */
function describeUnit(typed: string, problem: string | undefined, warning: string | undefined) {
  const feedback = unitFeedback(typed);
  if (feedback.kind === 'none') return { text: undefined, tone: 'plain' } as const;
  if (feedback.kind === 'good' && problem !== undefined) return { text: problem, tone: 'bad' } as const;
  if (feedback.kind === 'good' && warning !== undefined) return { text: warning, tone: 'warn' } as const;
  return { text: describe(feedback), tone: toneOf(feedback) };
}

const CERTIFICATE_TONES = { typing: 'plain', good: 'good', legacy: 'warn', bad: 'bad' } as const;

/** Only where an existing certificate or proof is handed in, or was lost. */
function CertificateField({ value }: { value: string }) {
  const { form } = useWorkspace();
  const feedback = certificateFeedback(value);
  return (
    <TextField
      label={t.property.certificate}
      path="property.certificate"
      placeholder={t.property.certificateHint}
      below={value.trim() === '' ? undefined : t.property.certificateFeedback[feedback]}
      tone={CERTIFICATE_TONES[feedback]}
      maxLength={100}
      value={value}
      onChange={(event) => form.getState().change((state) => ({ ...state, certificate: event.target.value }))}
    />
  );
}
