import { useState } from 'react';
import { useStore } from 'zustand';
import type { Receiver } from '../../../domain/case/progress.ts';
import { localDay } from '../../app/format.ts';
import { t } from '../../strings/index.ts';
import { useWorkspace } from '../workspace.ts';
import { ActFrame } from './ActFrame.tsx';
import styles from './Acts.module.css';
import { ReceiverBox } from './ReceiverBox.tsx';
import { isExpired, receiverFromCard, receiverFromParty, standingOf } from './receiver.ts';
import { Tick } from './Tick.tsx';

/**
 * T34: the card of whoever stands there must be a party's or an agent's; a stranger needs a power of attorney. Where no
 * card can be read the clerk names the party and says why; both are kept as a remark.
 */
export function HandOverDialog() {
  const workspace = useWorkspace();
  const { cases, view, print, acts } = workspace;
  const record = useStore(cases, (state) => state.current?.record ?? null);
  const card = useStore(view, (state) => state.receiverCard);
  const [byHand, setByHand] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [hasLetter, setLetter] = useState(false);
  const [slipReturned, setSlipReturned] = useState(false);
  const [isChecked, setChecked] = useState(false);
  if (!record) return null;
  const { parties } = record.acceptance;
  const standing = card && standingOf(parties, card);
  const named = parties.find((party) => party.idNumber === byHand) ?? null;
  const expired = card !== null && isExpired(card, localDay(new Date().toISOString()));

  let receiver: Receiver | null = null;
  let note: string | null = null;
  if (card && standing?.kind === 'party') receiver = receiverFromCard(card, standing.party.phone);
  else if (card && hasLetter) {
    receiver = receiverFromCard(card, undefined);
    note = t.handOver.letterNote(card.name);
  } else if (named && reason.trim() !== '') {
    receiver = receiverFromParty(named);
    note = t.handOver.handNote(named.name, reason.trim());
  }
  const missing =
    receiver === null
      ? card
        ? t.handOver.needLetter
        : named
          ? t.handOver.needReason
          : t.handOver.needReceiver
      : isChecked
        ? null
        : t.handOver.needChecked;

  return (
    <ActFrame
      act="T34"
      title={t.handOver.title}
      go={t.handOver.go}
      missing={missing}
      effect={t.handOver.sign}
      advance={() => ({ receiver: receiver ?? { name: '', idKind: 'other', idNumber: '' }, slipReturned })}
      then={({ id }) => {
        if (note !== null) void acts.getState().note({ caseId: id, kind: 'remark', text: note });
        void print
          .getState()
          .start(id, 'issue-record')
          .then(() => cases.getState().refresh(id));
      }}
    >
      <ul className={styles.numbers} aria-label={t.handOver.certificates}>
        {record.certificates.map((each) => (
          <li key={each.number}>
            {each.number} <span className={styles.hint}>{each.blank ? t.life.blank(each.blank) : t.life.noBlank}</span>
          </li>
        ))}
      </ul>
      <ReceiverBox
        card={card}
        standing={standing}
        expired={expired}
        parties={parties}
        byHand={byHand}
        onByHand={setByHand}
        reason={reason}
        onReason={setReason}
        hasLetter={hasLetter}
        onLetter={setLetter}
      />
      <div className={styles.ticks}>
        <Tick checked={slipReturned} isDefault onChange={setSlipReturned}>
          {t.handOver.slip}
        </Tick>
        <Tick checked={isChecked} onChange={setChecked}>
          {t.handOver.checked}
        </Tick>
      </div>
    </ActFrame>
  );
}
