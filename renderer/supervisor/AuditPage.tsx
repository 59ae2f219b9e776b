import { useCallback, useState } from 'react';
import { AUDIT_STREAMS } from '../../contract/auditStreams.ts';
import type { MethodInput } from '../../contract/rpc.ts';
import { type AuditRow, actWords, shortId } from '../app/actWords.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { SelectField, TextField } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Supervisor.module.css';

type About = (typeof AUDIT_STREAMS)[number];

/** The log as an auditor reads it: who did what when and what was refused, never what was written (domain.md §7.2). */
export function AuditPage() {
  const { client } = useApp();
  const [actor, setActor] = useState('');
  const [about, setAbout] = useState<About | ''>('');
  const [refused, setRefused] = useState(false);
  const person = actor.trim();
  const ask = useCallback(
    (before?: number) => {
      const filter: MethodInput<'audit.list'> = {
        refused,
        ...(person !== '' && { actor: person }),
        ...(about !== '' && { about }),
        ...(before !== undefined && { before }),
      };
      return client.call('audit.list', filter);
    },
    [client, person, about, refused],
  );
  const load = useCallback(() => ask(), [ask]);
  const { value, failure, again } = useQuestion(load);
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.audit.title}</h1>
      <div className={styles.tools}>
        <TextField
          className={styles.day ?? ''}
          label={t.audit.person}
          placeholder={t.audit.personHint}
          maxLength={40}
          value={actor}
          onChange={(event) => setActor(event.target.value)}
        />
        <div className={styles.select}>
          <SelectField<About | ''>
            label={t.audit.about}
            value={about}
            options={[
              { value: '', text: t.audit.everything },
              ...AUDIT_STREAMS.map((value) => ({ value, text: t.audit.streams[value] })),
            ]}
            onChange={setAbout}
          />
        </div>
        <label className={styles.check}>
          <input type="checkbox" checked={refused} onChange={(event) => setRefused(event.target.checked)} />
          {t.audit.refusedOnly}
        </label>
        <Button look="plain" onClick={again}>
          {t.oversight.refresh}
        </Button>
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value === null ? (
        failure ? null : (
          <Skeleton label={t.oversight.reading} />
        )
      ) : (
        // A new first page: what was read on from the old one belongs to another question.
        <Log key={`${person} ${about} ${refused} ${value.rows[0]?.position ?? 0}`} first={value} ask={ask} />
      )}
    </div>
  );
}

interface LogProps {
  first: { rows: AuditRow[]; next: number | null };
  ask(before: number): Promise<{ rows: AuditRow[]; next: number | null }>;
}

function Log({ first, ask }: LogProps) {
  const [pages, setPages] = useState([first]);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const next = pages.at(-1)?.next ?? null;
  const readOn = async (): Promise<void> => {
    if (busy || next === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const page = await ask(next);
      setPages((before) => [...before, page]);
    } catch (error) {
      setFailure(toFailure(error));
    }
    setBusy(false);
  };
  if (first.rows.length === 0) {
    return <p className={`${staffStyles.block} ${staffStyles.empty}`}>{t.audit.empty}</p>;
  }
  return (
    <section className={staffStyles.block} aria-label={t.audit.title}>
      <table className={staffStyles.table}>
        <thead>
          <tr>
            <th scope="col">{t.audit.at}</th>
            <th scope="col">{t.audit.who}</th>
            <th scope="col">{t.audit.what}</th>
            <th scope="col">{t.audit.object}</th>
            <th scope="col">{t.audit.device}</th>
            <th scope="col">{t.audit.result}</th>
          </tr>
        </thead>
        <tbody>
          {pages
            .flatMap(({ rows }) => rows)
            .map((row) => (
              <tr key={row.position}>
                <td className={styles.number}>{localMinute(row.at)}</td>
                <td className={styles.number}>{whoWords(row)}</td>
                <td className={styles.wide}>{actWords(row)}</td>
                <td className={styles.number} title={row.object}>
                  {objectWords(row.object)}
                </td>
                <td className={styles.number} title={row.device}>
                  {shortId(row.device)}
                </td>
                <td className={`${styles.number} ${row.result === 'done' ? '' : styles.over}`}>
                  {row.result === 'done' ? null : <Icon name="warning" />} {t.audit.results[row.result]}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      <div className={styles.more}>
        {failure ? <FailureNotice failure={failure} /> : null}
        {next === null ? (
          t.audit.end
        ) : (
          <Button aria-busy={busy} onClick={() => void readOn()}>
            {t.audit.older}
          </Button>
        )}
      </div>
    </section>
  );
}

function whoWords({ actor, actorName }: AuditRow): string {
  if (actor === 'system') return t.office.system;
  return actorName === null ? actor : `${actorName} ${actor}`;
}

function objectWords(object: string): string {
  const [kind = '', id = ''] = object.split(':');
  const names: Readonly<Record<string, string | undefined>> = t.audit.streams;
  return `${names[kind] ?? kind} ${shortId(id)}`;
}
