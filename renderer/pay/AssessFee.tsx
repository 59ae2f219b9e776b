import { useEffect, useRef, useState } from 'react';
import type { MethodInput, MethodOutput } from '../../contract/rpc.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { EXEMPTIONS } from '../../domain/fee/exemptions.ts';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Choice, SelectField, TextField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { FeeTable } from './FeeTable.tsx';
import styles from './Pay.module.css';
import { usePress } from './usePayments.ts';

type Proposal = MethodOutput<'payment.propose'>;
type Choices = Omit<MethodInput<'payment.propose'>, 'caseId'>;

const NONE = 'none';
const MAX_CERTIFICATES = 50;

/** The fee lane's work on a case it has claimed: the lines of the table, one exemption with its reason, done. */
export function AssessFee({ record }: { record: CaseRecord }) {
  const { client } = useApp();
  const { id, version } = record;
  const [choices, setChoices] = useState<Choices>({ certificates: 1 });
  const [proposal, setProposal] = useState<Proposal | null>(null);
  const { isBusy, failure, press } = usePress();
  /** Sent again it is done once; another version is another press. */
  const commandId = useRef({ version, id: crypto.randomUUID() });
  if (commandId.current.version !== version) commandId.current = { version, id: crypto.randomUUID() };

  useEffect(() => {
    let current = true;
    void press(() => client.call('payment.propose', { caseId: id, ...choices })).then((found) => {
      if (current && found) setProposal(found);
    });
    return () => {
      current = false;
    };
  }, [client, id, choices, press]);

  const [isUseAsked, setUseAsked] = useState(false);
  if (proposal?.asks === 'use' && !isUseAsked) setUseAsked(true);
  const change = (part: Choices) => setChoices((before) => ({ ...before, ...part }));
  const chosen = EXEMPTIONS.find(({ code }) => code === choices.exemption);
  const finish = () =>
    press(async () => {
      if (!proposal || proposal.asks !== null) return;
      const fee = { lines: proposal.lines, payer: proposal.payer };
      await client.call('lane.act', {
        commandId: commandId.current.id,
        caseId: id,
        baseVersion: version,
        change: { lane: 'FEE', event: 'done', fee },
      });
    });

  return (
    <div className={styles.stack}>
      {isUseAsked ? (
        <Choice
          label={t.pay.use}
          value={choices.use ?? null}
          options={[
            { value: 'residential', text: t.pay.residential },
            { value: 'other', text: t.pay.other },
          ]}
          onChange={(use) => change({ use })}
        />
      ) : null}
      {record.route?.output === 'none' ? null : (
        <TextField
          label={t.pay.certificates}
          type="number"
          min={1}
          max={MAX_CERTIFICATES}
          value={choices.certificates ?? 1}
          onChange={(event) => {
            const certificates = Math.trunc(Number(event.target.value));
            if (certificates >= 1 && certificates <= MAX_CERTIFICATES) change({ certificates });
          }}
        />
      )}
      <SelectField
        label={t.pay.exemption}
        value={choices.exemption ?? NONE}
        options={[
          { value: NONE, text: t.pay.noExemption },
          ...EXEMPTIONS.map(({ code, name }) => ({ value: code, text: name })),
        ]}
        onChange={(code) => change({ exemption: code === NONE ? undefined : code })}
      />
      {chosen === undefined ? null : (
        <TextField
          label={t.pay.note}
          maxLength={100}
          required={chosen.needsNote === true}
          value={choices.note ?? ''}
          onChange={(event) => change({ note: event.target.value })}
        />
      )}
      {proposal?.asks === 'use' ? <p className={styles.hint}>{t.pay.askUse}</p> : null}
      {proposal?.asks === 'table' ? <p className={styles.hint}>{t.pay.noTable}</p> : null}
      {proposal?.asks === null ? (
        <>
          <FeeTable lines={proposal.lines} payer={proposal.payer} />
          <div>
            <Button look="primary" disabled={isBusy} onClick={finish}>
              {t.pay.assess}
            </Button>
          </div>
        </>
      ) : null}
      {failure ? <FailureNotice failure={failure} /> : null}
    </div>
  );
}
