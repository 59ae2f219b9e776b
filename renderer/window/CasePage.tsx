import { useStore } from 'zustand';
import type { CaseFile } from '../../domain/case/types.ts';
import { findItem, findMaterial } from '../../domain/catalogue/catalogue.ts';
import { maskIdNumber, maskPhone } from '../../domain/identity/mask.ts';
import { formatUnitNumber } from '../../domain/numbers/unitNumber.ts';
import { groupCaseNumber, localMinute } from '../app/format.ts';
import { ScanButton } from '../scan/ScanButton.tsx';
import { useScanCounts } from '../scan/useScanCounts.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Chip, FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { PLACES } from './CaseList.tsx';
import styles from './CasePage.module.css';
import windowStyles from './Window.module.css';
import { useWorkspace } from './workspace.ts';

export function CasePage() {
  const { cases, view } = useWorkspace();
  const current = useStore(cases, (state) => state.current);
  const failure = useStore(cases, (state) => state.failure);
  const fresh = useStore(view, (state) => state.freshCase);
  if (!current) return failure ? <FailureNotice failure={failure} /> : <Skeleton label={t.casePage.loading} />;
  const { record, summary } = current;
  const { acceptance } = record;
  const item = findItem(acceptance.itemCode);
  const place = summary?.place ?? 'here';
  return (
    <article className={styles.page} aria-label={t.casePage.region}>
      <header className={record.id === fresh ? styles.fresh : styles.head}>
        {record.id === fresh ? (
          <p className={styles.accepted} role="status">
            <Icon name="good" />
            {t.casePage.accepted}
          </p>
        ) : null}
        <h1 className={styles.number} data-testid="case-number">
          {groupCaseNumber(acceptance.number)}
        </h1>
        <p className={styles.headLine}>
          <strong>
            {acceptance.itemCode} {item?.name}
          </strong>
          {acceptance.projectKind ? <Chip>{t.item.projectKinds[acceptance.projectKind]}</Chip> : null}
          <Chip icon={PLACES[place].icon} tone={PLACES[place].tone}>
            {t.cases.placeFull[place]}
          </Chip>
        </p>
        <p className={styles.muted}>
          {[
            localMinute(record.acceptedAt),
            `${acceptance.clerk.name} ${acceptance.clerk.id}`,
            t.casePage.window(acceptance.window),
          ].join(t.separator)}
        </p>
      </header>
      <Parties record={record} />
      <section aria-label={t.casePage.property}>
        <h2 className={windowStyles.heading}>{t.casePage.property}</h2>
        <p>{acceptance.property.location}</p>
        {acceptance.property.unitNumber ? (
          <p className={styles.muted}>
            {t.property.unit} {formatUnitNumber(acceptance.property.unitNumber)}
          </p>
        ) : null}
        {acceptance.property.certificate ? (
          <p className={styles.muted}>
            {t.property.certificate} {acceptance.property.certificate.number}
            {acceptance.property.certificate.legacy ? ` ${t.property.legacy}` : ''}
          </p>
        ) : null}
      </section>
      <Materials record={record} />
      {acceptance.note ? (
        <section aria-label={t.casePage.note}>
          <h2 className={windowStyles.heading}>{t.casePage.note}</h2>
          <p className={styles.note}>{acceptance.note}</p>
        </section>
      ) : null}
    </article>
  );
}

function Parties({ record }: { record: CaseFile }) {
  const { view } = useWorkspace();
  const unmasked = useStore(view, (state) => state.unmasked);
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
            onClick={() => view.setState({ unmasked: !unmasked })}
          >
            {unmasked ? t.party.hide : t.party.show}
          </Button>
        </span>
      </h2>
      <ul className={styles.table}>
        {record.acceptance.parties.map((party) => (
          <li key={`${party.role} ${party.idNumber}`}>
            <span className={styles.muted}>{t.party.roles[party.role]}</span>
            <span>
              <b>{party.name}</b>{' '}
              <Chip tone={party.origin === 'card' ? 'calm' : 'plain'}>{t.origin[party.origin]}</Chip>
              {party.overrides.map((override) => (
                <span key={override.code} className={styles.override}>
                  <Icon name="warning" />
                  {override.code === 'card-expired'
                    ? t.reason['card-expired'](party.cardValidTo ?? '')
                    : t.reason[override.code]}
                  {t.colon}
                  {override.reason}
                </span>
              ))}
            </span>
            <span className={styles.right}>
              {unmasked || party.kind === 'organisation' ? party.idNumber : maskIdNumber(party.idNumber)}
              {party.phone ? (
                <span className={styles.muted}> {unmasked ? party.phone : maskPhone(party.phone)}</span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Materials({ record }: { record: CaseFile }) {
  const { app, scan, openScan } = useWorkspace();
  const counts = useScanCounts(app.client, scan, record.id);
  const scanned = Object.values(counts).reduce((sum, pages) => sum + pages, 0);
  return (
    <section aria-label={t.casePage.materials}>
      <h2 className={windowStyles.heading}>
        {t.casePage.materials}
        <span className={windowStyles.end}>
          <ScanButton pages={scanned} onOpen={() => openScan(null)} />
        </span>
      </h2>
      <ul className={styles.table}>
        {record.acceptance.materials.map((material, index) => (
          <li key={material.code}>
            <span className={styles.muted}>{index + 1}</span>
            <span>{findMaterial(material.code)?.name ?? material.code}</span>
            <span className={styles.right}>
              {t.materials.formsFull[material.form]}
              {counts[material.code] ? `${t.separator}${t.scan.pages(counts[material.code] ?? 0)}` : ''}
              {material.form === 'shared' ? '' : `${t.separator}${t.materials.copies(material.copies)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
