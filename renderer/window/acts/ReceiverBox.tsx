import type { IdentityCard } from '../../../contract/identity.ts';
import type { Party } from '../../../domain/case/types.ts';
import { maskIdNumber } from '../../../domain/identity/mask.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import styles from './Acts.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';
import type { Standing } from './receiver.ts';
import { Tick } from './Tick.tsx';

interface ReceiverBoxProps {
  card: IdentityCard | null;
  standing: Standing | null;
  expired: boolean;
  parties: readonly Party[];
  /** Identity number of the party named without a card. */
  byHand: string | null;
  onByHand(idNumber: string | null): void;
  reason: string;
  onReason(reason: string): void;
  hasLetter: boolean;
  onLetter(on: boolean): void;
}

/** Who takes the certificate, and how we know. */
export function ReceiverBox(props: ReceiverBoxProps) {
  const { card, standing } = props;
  if (!card) return <WithoutCard {...props} />;
  const isStranger = standing?.kind === 'stranger';
  return (
    <section
      className={`${styles.receiver} ${isStranger && !props.hasLetter ? styles.wrong : styles.found}`}
      aria-label={t.handOver.receiver}
      role="status"
    >
      <p className={styles.receiverName}>
        <Icon name={isStranger ? 'warning' : 'good'} />
        {card.name} {maskIdNumber(card.number)}
      </p>
      <p>
        {standing?.kind === 'party'
          ? t.handOver.match(t.party.roles[standing.party.role])
          : props.hasLetter
            ? t.handOver.letter
            : t.handOver.noMatch}
      </p>
      {props.expired ? <p>{t.handOver.expired}</p> : null}
      {isStranger ? (
        <Tick checked={props.hasLetter} onChange={props.onLetter}>
          {t.handOver.letter}
        </Tick>
      ) : null}
    </section>
  );
}

function WithoutCard({ parties, byHand, onByHand, reason, onReason }: ReceiverBoxProps) {
  return (
    <section className={styles.receiver} aria-label={t.handOver.receiver}>
      <p className={styles.receiverName}>
        <Icon name="card" />
        {t.handOver.layCard}
      </p>
      <div className={styles.choicesRow}>
        <span className={styles.hint}>{t.handOver.byHand}</span>
        {parties.map((party) => (
          <Button
            key={party.idNumber}
            size="small"
            aria-pressed={byHand === party.idNumber}
            onClick={() => onByHand(byHand === party.idNumber ? null : party.idNumber)}
          >
            {party.name}
          </Button>
        ))}
      </div>
      {byHand === null ? null : (
        <ReasonChoice
          label={t.handOver.handReason}
          reasons={t.handOver.handReasons}
          value={reason}
          onChange={onReason}
          isDefault
        />
      )}
    </section>
  );
}
