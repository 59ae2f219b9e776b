import { useState } from 'react';
import { findNoticeProblems } from '../../../domain/case/materialRules.ts';
import type { MissingPaper } from '../../../domain/case/progress.ts';
import { dueDay, dueTime } from '../../../domain/clock/dueTime.ts';
import { localDay } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { useClockRules } from '../../window/clockRules.ts';
import styles from '../Office.module.css';
import { useOffice, useOfficeState, useWorker } from '../office.ts';
import { Warning } from '../parts.tsx';
import { run } from '../perform.ts';
import { isLaterDay } from './days.ts';
import { Frame } from './Frame.tsx';

type Row = Record<'text' | 'why' | 'where' | 'arisen', string> & { key: number };

/** Ten working days are usual; the reviewer may give others. */
const USUAL_DAYS = 10;

/** 要求补正 (T15): everything at once. A second time, what was missing before is recorded as our fault. */
export function PapersDialog() {
  const office = useOffice();
  const rules = useClockRules();
  const record = useOfficeState((state) => state.open?.record ?? null);
  const { at } = useWorker();
  const [rows, setRows] = useState<Row[]>([{ key: 0, text: '', why: '', where: '', arisen: '' }]);
  const [deadline, setDeadline] = useState(() => dueDay(dueTime(rules, Date.parse(at), { workingDays: USUAL_DAYS })));
  if (!record) return null;
  const isSecond = record.supplements.length > 0 || record.refusal !== null;
  const papers = rows.filter((row) => row.text.trim() !== '');
  const faults = isSecond ? papers.filter((row) => row.arisen.trim() === '').map((row) => row.text.trim()) : [];
  const isWhole = papers.length > 0 && papers.every((row) => row.why.trim() !== '');
  const [demanded] = findNoticeProblems(papers);
  const missing = demanded
    ? demanded.message
    : !isWhole
      ? t.askPapers.need
      : !isLaterDay(deadline, localDay(at))
        ? t.askPapers.needDeadline
        : null;
  const change = (key: number, part: Partial<Row>): void =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const go = (): void =>
    void run(
      office,
      { kind: 'advance', advance: { transition: 'T15', data: { missing: papers.map(toPaper), deadline } } },
      t.askPapers.title,
    );
  return (
    <Frame title={t.askPapers.title} effect={t.askPapers.effect} go={t.askPapers.go} missing={missing} onGo={go}>
      <p className={styles.muted}>{t.askPapers.once}</p>
      {isSecond ? <Warning>{t.askPapers.second}</Warning> : null}
      <ol className={styles.papers} aria-label={t.askPapers.papers}>
        {rows.map((row, index) => (
          <li key={row.key}>
            {(['text', 'why', 'where', ...(isSecond ? (['arisen'] as const) : [])] as const).map((field) => {
              const label = field === 'text' ? t.askPapers.paper : t.askPapers[field];
              return (
                <TextField
                  key={field}
                  label={label}
                  aria-label={t.askPapers.of(index + 1, label)}
                  maxLength={field === 'why' ? 500 : 200}
                  value={row[field]}
                  {...(index === 0 && field === 'text' && { 'data-default': true })}
                  onChange={(event) => change(row.key, { [field]: event.target.value })}
                />
              );
            })}
            {rows.length > 1 ? (
              <Button
                look="plain"
                size="small"
                aria-label={t.askPapers.removeOf(index + 1)}
                onClick={() => setRows(rows.filter((each) => each.key !== row.key))}
              >
                {t.askPapers.remove}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <Button
        size="small"
        onClick={() =>
          setRows([...rows, { key: (rows.at(-1)?.key ?? 0) + 1, text: '', why: '', where: '', arisen: '' }])
        }
      >
        {t.askPapers.add}
      </Button>
      <TextField
        label={t.askPapers.deadline}
        inputMode="numeric"
        maxLength={10}
        value={deadline}
        onChange={(event) => setDeadline(event.target.value)}
      />
      {faults.length > 0 ? <Warning>{t.askPapers.fault(faults.join(t.listSeparator))}</Warning> : null}
    </Frame>
  );
}

function toPaper({ text, why, where, arisen }: Row): MissingPaper {
  return {
    text: text.trim(),
    why: why.trim(),
    ...(where.trim() !== '' && { where: where.trim() }),
    ...(arisen.trim() !== '' && { arisen: arisen.trim() }),
  };
}
