import { useState } from 'react';
import { useStore } from 'zustand';
import type { CaseSummary } from '../../../contract/rpc.ts';
import { windowGroupOf } from '../../../domain/case/windowGroup.ts';
import { loansSecuredBy, transferBefore } from '../../../domain/catalogue/asks.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Chip, FailureNotice } from '../../ui/Notice.tsx';
import styles from '../Form.module.css';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { DetailField } from './DetailField.tsx';
import details from './Details.module.css';

/** So many cases are offered; others are named by their number. */
const OFFERED = 2;

/**
 * The other half of a provident-fund loan (domain.md §2.9): a mortgage names the loan it secures, a loan for an existing
 * home the transfer it waits for.
 */
export function LinkSection() {
  const workspace = useWorkspace();
  const { form, item, catalogue, counter } = useForm();
  const mine = useStore(workspace.cases, (state) => state.mine);
  if (!item || !counter.offers.includes('provident-fund')) return null;
  const transfer = transferBefore(item);
  const loans = loansSecuredBy(item, catalogue).map(({ code }) => code);
  const codes = transfer === null ? loans : [transfer];
  if (codes.length === 0) return null;
  const title = transfer === null ? t.details.loan : t.details.transfer;
  const choose = (row: Pick<CaseSummary, 'id' | 'number'> | null): void =>
    workspace.form
      .getState()
      .change((state) => ({ ...state, link: row && { caseId: row.id, number: row.number } }), { now: true });
  const fitting = (mine ?? []).filter(
    ({ itemCode, stateCode }) => codes.includes(itemCode) && windowGroupOf(stateCode) !== 'closed',
  );
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={windowStyles.heading}>{title}</h2>
      <div className={`${styles.box} ${details.fourLabels}`}>
        {form.link ? (
          <p className={details.linked}>
            <Icon name="good" />
            <b>{form.link.number}</b>
            <Button look="plain" size="small" onClick={() => choose(null)}>
              {t.details.unlink}
            </Button>
          </p>
        ) : (
          <>
            {fitting.slice(0, OFFERED).map((row) => (
              <button key={row.id} type="button" className={details.candidate} onClick={() => choose(row)}>
                <b>{row.holder}</b> <span>{row.number}</span> <Chip>{row.itemCode}</Chip>
              </button>
            ))}
            <ByNumber codes={codes} onFound={choose} />
          </>
        )}
        {transfer === null ? (
          <DetailField
            path="link.contractNumber"
            label={t.details.contract}
            maxLength={60}
            placeholder={t.party.optional}
          />
        ) : (
          <p className={styles.small}>{t.details.transferEffect}</p>
        )}
      </div>
    </section>
  );
}

/** A case of another window is named by its number. */
function ByNumber({ codes, onFound }: { codes: readonly string[]; onFound(row: CaseSummary): void }) {
  const { app } = useWorkspace();
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<Failure | 'wrong-item' | null>(null);
  const find = async (): Promise<void> => {
    const id = typed.replace(/\s+/g, '').toUpperCase();
    if (id === '') return;
    try {
      const { summary } = await app.client.call('case.get', { id });
      if (codes.includes(summary.itemCode)) onFound(summary);
      else setFailure('wrong-item');
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  return (
    <>
      <TextField
        label={t.details.linkNumber}
        path="link"
        value={typed}
        maxLength={30}
        placeholder={t.details.linkHint}
        below={failure === 'wrong-item' ? t.details.linkWrong(codes.join(t.listSeparator)) : undefined}
        tone={failure === 'wrong-item' ? 'bad' : 'plain'}
        onChange={(event) => {
          setTyped(event.target.value);
          setFailure(null);
        }}
        onBlur={() => void find()}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed.trim() === '' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void find();
        }}
      />
      {failure !== null && failure !== 'wrong-item' ? <FailureNotice failure={failure} /> : null}
    </>
  );
}
