import type { IdentityCard } from '../../../contract/identity.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Form.module.css';
import { cardAnswersFor } from '../form/cardQuestion.ts';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';

/** A second person's card asks one question; the keys 1, 2, 3 answer it. Not a dialog: the form stays readable. */
export function CardQuestion({ card }: { card: IdentityCard }) {
  const workspace = useWorkspace();
  const { form, catalogue } = useForm();
  const last = form.parties.at(-1)?.name ?? '';
  return (
    <fieldset className={`${styles.box} ${styles.asking}`} aria-label={t.card.title(card.name)}>
      <strong role="status">{t.card.title(card.name)}</strong>
      <div className={styles.answers}>
        <span className="visually-hidden">{t.card.ask}</span>
        {cardAnswersFor(form, catalogue).map((answer, index) => (
          <Button
            key={answer}
            keyName={String(index + 1)}
            data-field={index === 0 ? 'card-question' : undefined}
            title={answer === 'replace' ? t.card.replaceOf(last) : undefined}
            onClick={() => workspace.answerCard(answer)}
          >
            {t.card[answer]}
          </Button>
        ))}
        <Button look="plain" keyName={t.keys.esc} onClick={() => workspace.form.getState().dismissCard()}>
          {t.card.dismiss}
        </Button>
      </div>
    </fieldset>
  );
}
