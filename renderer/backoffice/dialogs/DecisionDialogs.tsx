import { useState } from 'react';
import type { AdvanceData } from '../../../domain/case/advance.ts';
import { dueDay, dueTime } from '../../../domain/clock/dueTime.ts';
import { localDay } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { useClockRules } from '../../window/clockRules.ts';
import { certificatesFor } from '../lanes/certificatesFor.ts';
import { useOffice, useOfficeState, useWorker } from '../office.ts';
import { Area } from '../parts.tsx';
import { run } from '../perform.ts';
import { isLaterDay } from './days.ts';
import { Frame } from './Frame.tsx';

/** 15 working days are usual for a public notice (domain.md §5.6). */
const NOTICE_DAYS = 15;

/** 公告 (T18). */
export function NoticeDialog() {
  const office = useOffice();
  const rules = useClockRules();
  const { at } = useWorker();
  const summary = useOfficeState((state) => state.open?.summary ?? null);
  const [text, setText] = useState(summary ? t.askNotice.usual(summary.itemName, summary.location) : '');
  const [until, setUntil] = useState(() => dueDay(dueTime(rules, Date.parse(at), { workingDays: NOTICE_DAYS })));
  const missing =
    text.trim() === '' ? t.askNotice.need : !isLaterDay(until, localDay(at)) ? t.askNotice.needUntil : null;
  return (
    <Frame
      title={t.askNotice.title}
      effect={t.askNotice.effect}
      go={t.askNotice.go}
      missing={missing}
      onGo={() =>
        void run(
          office,
          { kind: 'advance', advance: { transition: 'T18', data: { text: text.trim(), until } } },
          t.askNotice.title,
        )
      }
    >
      <Area label={t.askNotice.text} value={text} onChange={setText} />
      <TextField
        label={t.askNotice.until}
        inputMode="numeric"
        maxLength={10}
        value={until}
        onChange={(event) => setUntil(event.target.value)}
      />
    </Frame>
  );
}

type Ground = AdvanceData['T41']['ground'];
const GROUNDS: readonly Ground[] = ['breaks-law', 'unresolved-dispute', 'beyond-term', 'other'];

/** 不予登记 (T41): the ground of the law, the reason in words, and what the applicant may do about it. */
export function RejectDialog() {
  const office = useOffice();
  const [ground, setGround] = useState<Ground | ''>('');
  const [reason, setReason] = useState('');
  const missing = ground === '' ? t.askReject.needGround : reason.trim() === '' ? t.askReject.need : null;
  return (
    <Frame
      title={t.askReject.title}
      effect={t.askReject.effect}
      go={t.askReject.go}
      keep={t.askReject.keep}
      danger
      missing={missing}
      onGo={() => {
        if (ground === '') return;
        const data = { ground, reason: reason.trim() };
        void run(office, { kind: 'advance', advance: { transition: 'T41', data } }, t.askReject.title);
      }}
    >
      <SelectField<Ground | ''>
        label={t.askReject.ground}
        value={ground}
        options={[
          { value: '', text: t.askReject.needGround },
          ...GROUNDS.map((value) => ({ value, text: t.askReject.grounds[value] })),
        ]}
        onChange={setGround}
      />
      <Area label={t.askReject.reason} value={reason} onChange={setReason} />
      <p>{t.askReject.remedies}</p>
    </Frame>
  );
}

/** 登簿 (T27): the act that completes the registration and cannot be undone. */
export function BookDialog() {
  const office = useOffice();
  const record = useOfficeState((state) => state.open?.record ?? null);
  const form = useOfficeState((state) => state.form);
  if (!record) return null;
  const certificates = certificatesFor(record, form);
  const first = certificates[0];
  const copies = first ? t.laneBook.count(certificates.length, t.laneBook.kinds[first.kind]) : t.laneBook.nothing;
  return (
    <Frame
      title={t.laneBook.dialogTitle}
      effect={t.laneBook.effect}
      go={t.laneBook.go}
      keep={t.laneBook.keep}
      danger
      missing={null}
      facts={[[t.laneBook.copies, copies]]}
      onGo={() =>
        void run(office, { kind: 'advance', advance: { transition: 'T27', data: { certificates } } }, t.laneBook.done)
      }
    />
  );
}
