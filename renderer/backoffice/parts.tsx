import { type ReactNode, useId } from 'react';
import { LANES, type Lane } from '../../domain/case/lanes.ts';
import type { CaseFile, MaterialTaken } from '../../domain/case/types.ts';
import { findMaterial } from '../../domain/catalogue/catalogue.ts';
import { formatUnitNumber } from '../../domain/numbers/unitNumber.ts';
import { yuan } from '../../domain/papers/parts/words.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { FactList } from '../ui/FactList.tsx';
import { Icon } from '../ui/Icon.tsx';
import pageStyles from '../window/case/CasePage.module.css';
import { Person } from '../window/case/CaseParties.tsx';
import styles from './Office.module.css';
import { useOffice, useOfficeState } from './office.ts';

export function Part({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className={styles.part}>
      <h2 className={styles.heading}>
        {title}
        {end === undefined ? null : <span className={styles.end}>{end}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Persons: numbers masked until a reason is given (domain.md §7.3). */
export function Parties({ record }: { record: CaseFile }) {
  const { store } = useOffice();
  const unmasked = useOfficeState((state) => state.unmasked);
  return (
    <Part
      title={t.casePage.parties}
      end={
        <Button
          look="plain"
          size="small"
          keyName={t.keys.altM}
          aria-pressed={unmasked}
          onClick={() => (unmasked ? store.setState({ unmasked: false }) : store.getState().setDialog('unmask'))}
        >
          {unmasked ? t.party.hide : t.party.show}
        </Button>
      }
    >
      <ul className={pageStyles.people}>
        {record.acceptance.parties.map((party) => (
          <Person key={`${party.role} ${party.idNumber}`} party={party} unmasked={unmasked} />
        ))}
      </ul>
    </Part>
  );
}

export function PropertyFacts({ record: { acceptance } }: { record: CaseFile }) {
  const { property, note } = acceptance;
  const facts: [string, string][] = [[t.property.location, property.location]];
  if (property.unitNumber) facts.push([t.property.unit, formatUnitNumber(property.unitNumber)]);
  if (property.certificate) facts.push([t.property.certificate, property.certificate.number]);
  if (note) facts.push([t.casePage.note, note]);
  return (
    <Part title={t.casePage.property}>
      <Facts facts={facts} />
    </Part>
  );
}

export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return <FactList facts={facts} className={styles.facts} />;
}

/** What was taken; all of it, or only what a department looks at. */
export function Materials({ record, only, empty }: { record: CaseFile; only?: readonly string[]; empty?: string }) {
  const shown = record.acceptance.materials.filter(({ code }) => only?.includes(code) ?? true);
  if (shown.length === 0) return empty === undefined ? null : <Warning>{empty}</Warning>;
  return (
    <ul className={styles.rows}>
      {shown.map((material) => (
        <li key={material.code}>
          <span>{findMaterial(material.code)?.name ?? material.code}</span>
          <span className={styles.muted}>{formWords(material)}</span>
        </li>
      ))}
    </ul>
  );
}

function formWords({ form, copies }: MaterialTaken): string {
  const words = t.materials.formsFull[form];
  return form === 'shared' ? words : [words, t.materials.copies(copies)].join(t.separator);
}

export function Warning({ children }: { children: ReactNode }) {
  return (
    <p className={styles.warning}>
      <Icon name="warning" />
      {children}
    </p>
  );
}

interface AreaProps {
  label: string;
  value: string;
  placeholder?: string;
  maxLength?: number;
  onChange(value: string): void;
}

export function Area({ label, value, placeholder, maxLength = 2000, onChange }: AreaProps) {
  const id = useId();
  return (
    <div className={styles.area}>
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** What the lanes before wrote, with who. */
export function Opinions({ record, lanes }: { record: CaseFile; lanes: readonly Lane[] }) {
  const nameOf = useNames();
  const shown = lanes.filter(
    (lane) => record.lanes[lane].state !== 'SKIPPED' && record.lanes[lane].state !== 'WAITING',
  );
  return (
    <Part title={t.office.opinions}>
      <ul className={styles.rows}>
        {shown.map((lane) => (
          <li key={lane}>
            <span>
              <b>{LANES[lane].name}</b> {opinionOf(record, lane) ?? t.office.noOpinion}
            </span>
            <span className={styles.muted}>{nameOf(record.lanes[lane].by)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** A lane's finding; the reviews in turn wrote theirs with their step. */
function opinionOf(record: CaseFile, lane: Lane): string | null {
  if (lane === 'FEE' && record.fee) return `${t.pay.total} ${t.pay.yuan(yuan(record.fee.totalFen))}`;
  const step = { REV2: 'T23', APP: 'T24', QC: 'T31' }[lane as string];
  if (step === undefined) return record.lanes[lane].note;
  return record.history.findLast((entry) => entry.step === step)?.note ?? null;
}

/** Names in place of numbers; the number where nobody knows the name. */
export function useNames(): (number: string | null) => string {
  const people = useOfficeState((state) => state.people);
  return (number) => {
    if (number === null) return '';
    if (number === 'system') return t.office.system;
    return people.find((person) => person.number === number)?.name ?? number;
  };
}
