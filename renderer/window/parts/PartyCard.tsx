import { useStore } from 'zustand';
import { neededOverrides } from '../../../domain/case/acceptanceRules.ts';
import type { PartyRole } from '../../../domain/case/types.ts';
import { maskIdNumber } from '../../../domain/identity/mask.ts';
import { useNow } from '../../app/clock.ts';
import { localDay } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Chip } from '../../ui/Notice.tsx';
import styles from '../Form.module.css';
import { asksShares } from '../form/detailsDraft.ts';
import { changeParty, removeParty } from '../form/formActions.ts';
import type { FormParty } from '../form/formState.ts';
import { useForm, useSentences, useWarnings } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import { BankField } from './BankField.tsx';
import details from './Details.module.css';
import { ReasonField } from './ReasonField.tsx';

const ROLES: readonly PartyRole[] = ['holder', 'obligor', 'agent'];

/** One person or organisation, with where each value came from and the warnings that want a reason. */
export function PartyCard({ party, index, unmasked }: { party: FormParty; index: number; unmasked: boolean }) {
  const workspace = useWorkspace();
  const today = localDay(useNow());
  const { form, item, asks } = useForm();
  const sentences = useSentences();
  const odd = useWarnings().get(`parties.${index}.idNumber`);
  const change = (part: Partial<FormParty>): void =>
    workspace.form.getState().change((form) => changeParty(form, party.key, part));
  const person = party.kind === 'person';
  const photo = useStore(workspace.view, ({ photos }) => photos[party.idNumber]);
  const withShare = party.role === 'holder' && asksShares(form, item);
  return (
    <article
      className={`${styles.box} ${details.fourLabels} ${styles.party} ${photo === undefined ? '' : styles.withPhoto}`}
      data-field={`parties.${index}`}
      tabIndex={-1}
      aria-label={party.name}
    >
      {photo === undefined ? null : <img className={styles.photo} src={photo} alt={t.party.photoOf(party.name)} />}
      <div className={styles.partyTop}>
        <h3 className={styles.partyName}>
          <Icon name={person ? 'person' : 'organisation'} />
          {party.name}
        </h3>
        <OriginChip party={party} />
        {party.origin === 'typed' ? (
          <Button look="plain" size="small" onClick={() => workspace.view.setState({ handEntry: { key: party.key } })}>
            {t.party.edit}
          </Button>
        ) : null}
        <span className={styles.remove}>
          <select
            className={styles.roleSelect}
            aria-label={t.party.roleOf(party.name)}
            value={party.role}
            onChange={(event) => {
              const role = ROLES.find((candidate) => candidate === event.target.value);
              if (role) change({ role });
            }}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t.party.roles[role]}
              </option>
            ))}
          </select>
          <button
            type="button"
            className={styles.iconButton}
            aria-label={t.party.removeOf(party.name)}
            title={t.party.remove}
            onClick={() => workspace.form.getState().change((form) => removeParty(form, party.key), { now: true })}
          >
            <Icon name="close" />
          </button>
        </span>
      </div>
      <div className={styles.partyLine}>
        <span>{t.party.idKinds[party.idKind]}</span>
        <b data-testid="party-id">{unmasked || !person ? party.idNumber : maskIdNumber(party.idNumber)}</b>
        {party.cardValidTo === undefined ? null : (
          <span>
            {t.party.validTo} {party.cardValidTo}
          </span>
        )}
      </div>
      {party.address === undefined ? null : <div className={styles.partyLine}>{party.address}</div>}
      {odd === undefined ? null : (
        <p className={styles.hint}>
          <Icon name="warning" />
          {odd}
        </p>
      )}
      {neededOverrides(party, today).map((code) => (
        <ReasonField key={code} party={party} code={code} path={`parties.${index}.overrides.${code}`} />
      ))}
      <div className={details.pair}>
        <CheckedField
          {...(withShare && { className: details.twoLabels })}
          label={t.party.phone}
          aria-label={t.party.phoneOf(party.name)}
          path={`parties.${index}.phone`}
          inputMode="tel"
          placeholder={t.party.optional}
          value={party.phone}
          problem={sentences.get(`parties.${index}.phone`)}
          onChange={(event) => change({ phone: event.target.value })}
        />
        {withShare ? (
          <CheckedField
            className={details.twoLabels}
            label={t.details.share}
            aria-label={t.details.shareOf(party.name)}
            path={`parties.${index}.share`}
            placeholder={t.details.shareHint}
            maxLength={40}
            value={party.share}
            problem={sentences.get(`parties.${index}.share`)}
            onChange={(event) => change({ share: event.target.value })}
          />
        ) : null}
      </div>
      {party.role === 'holder' && asks.bank ? (
        <BankField party={party} path={`parties.${index}.bankNumber`} unmasked={unmasked} onChange={change} />
      ) : null}
    </article>
  );
}

function OriginChip({ party }: { party: FormParty }) {
  return (
    <Chip
      tone={party.origin === 'card' ? 'calm' : 'plain'}
      {...(party.origin === 'card' ? { icon: 'card' as const } : {})}
    >
      {t.origin[party.origin]}
    </Chip>
  );
}
