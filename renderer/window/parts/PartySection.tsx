import { useStore } from 'zustand';
import { hasApplicant } from '../../../domain/catalogue/asks.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import styles from '../Form.module.css';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { CardQuestion } from './CardQuestion.tsx';
import details from './Details.module.css';
import { HandEntry } from './HandEntry.tsx';
import { OwnershipSection } from './OwnershipSection.tsx';
import { PartyCard } from './PartyCard.tsx';

export function PartySection() {
  const { form, view } = useWorkspace();
  const parties = useStore(form, (state) => state.form.parties);
  const pending = useStore(form, (state) => state.pendingCard);
  const failure = useStore(form, (state) => state.cardFailure);
  const unmasked = useStore(view, (state) => state.unmasked);
  const handEntry = useStore(view, (state) => state.handEntry);
  const { item } = useForm();
  const isNobody = item !== undefined && !hasApplicant(item);
  return (
    <section className={styles.section} aria-label={t.party.section}>
      <h2 className={windowStyles.heading}>
        {t.party.section}
        {parties.length > 1 ? <span>{t.party.count(parties.length)}</span> : null}
        {parties.length > 0 ? (
          <span className={windowStyles.end}>
            <Button
              look="plain"
              size="small"
              keyName={t.keys.altM}
              aria-pressed={unmasked}
              onClick={() => view.setState({ unmasked: !unmasked })}
            >
              {unmasked ? t.party.hide : t.party.show}
            </Button>
          </span>
        ) : null}
      </h2>
      {failure ? <FailureNotice failure={failure} /> : null}
      {pending ? <CardQuestion card={pending} /> : null}
      {parties.map((party, index) =>
        typeof handEntry === 'object' && handEntry?.key === party.key ? (
          <HandEntry key={party.key} edited={party} />
        ) : (
          <PartyCard key={party.key} party={party} index={index} unmasked={unmasked} />
        ),
      )}
      <OwnershipSection />
      {handEntry === 'new' ? (
        <HandEntry edited={null} />
      ) : (
        <AddParty empty={parties.length === 0 && !isNobody} isNobody={isNobody && parties.length === 0} />
      )}
    </section>
  );
}

function AddParty({ empty, isNobody }: { empty: boolean; isNobody: boolean }) {
  const { app, view } = useWorkspace();
  const reader = useStore(app.status, (state) => state.devices?.find((device) => device.device === 'idReader'));
  const ready = reader?.health === 'online' || reader?.health === 'attention';
  const add = (
    <Button
      keyName={t.keys.altN}
      data-field="parties"
      aria-keyshortcuts="Alt+N"
      onClick={() => view.setState({ handEntry: 'new' })}
    >
      {t.party.add}
    </Button>
  );
  if (!empty) {
    return (
      <div>
        {isNobody ? <p className={details.nobody}>{t.party.nobody}</p> : null}
        {add}
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <span className={styles.emptyIcon}>
        <Icon name="card" />
      </span>
      {ready ? (
        <>
          <strong>{t.party.emptyTitle}</strong>
          <span>{t.party.emptyHow}</span>
        </>
      ) : (
        <>
          <strong>{t.party.emptyNoReader}</strong>
          {reader?.message ? (
            <span>
              {reader.message} {reader.reason ? <span className={styles.small}>({reader.reason})</span> : null}
            </span>
          ) : null}
        </>
      )}
      {add}
    </div>
  );
}
