import { useStore } from 'zustand';
import type { CaseFile, Party } from '../../../domain/case/types.ts';
import { maskIdNumber, maskPhone } from '../../../domain/identity/mask.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Chip } from '../../ui/Notice.tsx';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import styles from './CasePage.module.css';

/** Persons, numbers masked until a reason is given (domain.md §7.3). */
export function CaseParties({ record }: { record: CaseFile }) {
  const workspace = useWorkspace();
  const unmasked = useStore(workspace.view, (state) => state.unmasked);
  return (
    <section aria-label={t.casePage.parties}>
      <h2 className={windowStyles.heading}>
        {t.casePage.parties}
        <span className={windowStyles.end}>
          <Button
            look="plain"
            size="small"
            keyName={t.keys.altM}
            aria-pressed={unmasked}
            onClick={() => workspace.unmask()}
          >
            {unmasked ? t.party.hide : t.party.show}
          </Button>
        </span>
      </h2>
      {record.acceptance.parties.length === 0 ? <p className={styles.muted}>{t.life.nobody}</p> : null}
      <ul className={styles.people}>
        {record.acceptance.parties.map((party) => (
          <Person key={`${party.role} ${party.idNumber}`} party={party} unmasked={unmasked} />
        ))}
      </ul>
    </section>
  );
}

/** One person or organisation of a case. */
export function Person({ party, unmasked }: { party: Party; unmasked: boolean }) {
  return (
    <li>
      <p className={styles.personName}>
        <span className={styles.muted}>{t.party.roles[party.role]}</span>
        <b className={styles.long}>{party.name}</b>
        <Chip tone={party.origin === 'card' ? 'calm' : 'plain'}>{t.origin[party.origin]}</Chip>
      </p>
      <p className={styles.muted}>
        <span>{unmasked || party.kind === 'organisation' ? party.idNumber : maskIdNumber(party.idNumber)}</span>
        {party.phone ? <span> {unmasked ? party.phone : maskPhone(party.phone)}</span> : null}
      </p>
      {party.overrides.map((override) => (
        <p key={override.code} className={styles.override}>
          <Icon name="warning" />
          {override.code === 'card-expired'
            ? t.reason['card-expired'](party.cardValidTo ?? '')
            : t.reason[override.code]}
          {t.colon}
          {override.reason}
        </p>
      ))}
    </li>
  );
}
