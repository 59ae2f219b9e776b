import { useStore } from 'zustand';
import { type CaseState, STATE_NAMES } from '../../../domain/case/states.ts';
import { findItem } from '../../../domain/catalogue/catalogue.ts';
import { formatUnitNumber } from '../../../domain/numbers/unitNumber.ts';
import { groupCaseNumber, localMinute } from '../../app/format.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { PapersPanel } from '../../papers/PapersPanel.tsx';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Chip, FailureNotice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { PLACES } from '../CaseList.tsx';
import type { OpenCase } from '../casesStore.ts';
import { mortgageItemOf } from '../form/mortgageAfter.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { CaseDetails } from './CaseDetails.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { CaseMaterials } from './CaseMaterials.tsx';
import styles from './CasePage.module.css';
import { CaseParties } from './CaseParties.tsx';
import { CaseProgress } from './CaseProgress.tsx';
import { OwnerLine } from './OwnerLine.tsx';

export function CasePage() {
  const workspace = useWorkspace();
  const { app, cases } = workspace;
  const current = useStore(cases, (state) => state.current);
  const failure = useStore(cases, (state) => state.failure);
  if (!current) return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.casePage.loading} />;
  const { record, notes } = current;
  return (
    <article className={styles.page} aria-label={t.casePage.region}>
      <CaseHead current={current} />
      <NoticeWarning record={record} />
      <ActFailure />
      <div className={styles.columns}>
        <CaseParties record={record} />
        <CaseProperty record={record} />
      </div>
      <PapersPanel
        key={record.id}
        client={app.client}
        record={record}
        onPrinted={(paper) => workspace.afterPaper(record.id, paper)}
      />
      <CaseDetails record={record} />
      <CaseProgress record={record} />
      <CaseMaterials record={record} />
      {record.acceptance.note ? (
        <section aria-label={t.casePage.note}>
          <h2 className={windowStyles.heading}>{t.casePage.note}</h2>
          <p className={styles.note}>{record.acceptance.note}</p>
        </section>
      ) : null}
      <CaseHistory record={record} notes={notes} />
    </article>
  );
}

/** While nobody has done anything with it yet. */
const JUST_TAKEN: readonly CaseState[] = ['ACCEPTED', 'PARALLEL'];

function CaseHead({ current: { record, summary } }: { current: OpenCase }) {
  const fresh =
    useStore(useWorkspace().view, (state) => state.freshCase === record.id) && JUST_TAKEN.includes(record.state);
  const { acceptance } = record;
  const catalogue = useCatalogue(acceptance.catalogueVersion);
  const place = summary?.place ?? 'here';
  return (
    <header className={fresh ? styles.fresh : styles.head}>
      {fresh ? (
        <p className={styles.accepted} role="status">
          <Icon name="good" />
          {t.casePage.accepted}
        </p>
      ) : null}
      <div className={styles.numberLine}>
        <h1 className={styles.number} data-testid="case-number">
          {groupCaseNumber(acceptance.number)}
        </h1>
        <span className={styles.state} data-testid="case-state">
          {STATE_NAMES[record.state]}
        </span>
      </div>
      <p className={styles.headLine}>
        <strong>
          {acceptance.itemCode} {findItem(acceptance.itemCode, catalogue)?.name}
        </strong>
        {acceptance.projectKind ? <Chip>{t.item.projectKinds[acceptance.projectKind]}</Chip> : null}
        <Chip icon={PLACES[place].icon} tone={PLACES[place].tone}>
          {place === 'here' && record.version > 1 ? t.acts.kept : t.cases.placeFull[place]}
        </Chip>
        {acceptance.link ? <Chip>{t.life.link(acceptance.link.number)}</Chip> : null}
        <OwnerLine record={record} />
        <BeginMortgage record={record} />
      </p>
      <p className={styles.muted}>
        {[
          localMinute(record.acceptedAt),
          `${acceptance.clerk.name} ${acceptance.clerk.id}`,
          t.casePage.window(acceptance.window),
        ].join(t.separator)}
      </p>
    </header>
  );
}

/** A loan is paid only when its mortgage stands in the register: the next thing to do at this counter (domain.md §2.9). */
function BeginMortgage({ record }: Pick<OpenCase, 'record'>) {
  const workspace = useWorkspace();
  const catalogue = useCatalogue(record.acceptance.catalogueVersion);
  const info = useStore(workspace.app.session, (state) => state.info);
  if (!info || !mortgageItemOf(record, catalogue, info)) return null;
  return (
    <Button size="small" keyName={t.keys.altG} aria-keyshortcuts="Alt+G" onClick={() => workspace.beginMortgage()}>
      {t.details.beginMortgage}
    </Button>
  );
}

/** A refusal whose paper is not out is no refusal (不动产登记暂行条例 §17): said in red until one of two ways is taken. */
function NoticeWarning({ record }: Pick<OpenCase, 'record'>) {
  if (record.state !== 'AT_WINDOW' || record.slips.some((each) => each.slip === 'refusal')) return null;
  return (
    <p className={styles.alarm} role="alert">
      <Icon name="warning" />
      {t.groups.notice}
    </p>
  );
}

/** Of a step that has no dialog of its own to say it in. */
function ActFailure() {
  const { acts, view } = useWorkspace();
  const failure = useStore(acts, (state) => state.failure);
  const covered = useStore(view, (state) => state.overlay !== 'none');
  return failure && !covered ? <FailureNotice failure={failure} /> : null;
}

function CaseProperty({ record: { acceptance } }: Pick<OpenCase, 'record'>) {
  const { property } = acceptance;
  return (
    <section aria-label={t.casePage.property}>
      <h2 className={windowStyles.heading}>{t.casePage.property}</h2>
      <p className={styles.long}>{property.location || t.life.lostProperty}</p>
      {property.unitNumber ? (
        <p className={styles.muted}>
          {t.property.unit} {formatUnitNumber(property.unitNumber)}
        </p>
      ) : null}
      {property.certificate ? (
        <p className={styles.muted}>
          {t.property.certificate} {property.certificate.number}
          {property.certificate.legacy ? ` ${t.property.legacy}` : ''}
        </p>
      ) : null}
    </section>
  );
}
