import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import form from '../Form.module.css';
import { useWorkspace } from '../workspace.ts';

/** A card that is not simply that of the number in hand: one question, answered by 1 or 2 (faces.md). */
export function ArrivalQuestion() {
  const { desk, form: formStore } = useWorkspace();
  const asked = useStore(desk.question, (state) => state.asked);
  const number = useStore(desk.queue, ({ state }) => state?.current?.number ?? '');
  const begun = useStore(formStore, (state) => state.form.parties[0]?.name);
  if (!asked) return null;
  const words = t.queue.question;
  const isOther = asked.kind === 'other-person';
  const title = isOther ? words.otherPerson(asked.card.name, number) : words.formBegun(begun ?? words.noName, number);
  const answers = isOther ? [words.with, words.notThis] : [words.replace, words.keep];
  return (
    <fieldset className={`${form.box} ${form.asking}`} aria-label={title}>
      <strong role="status">{title}</strong>
      <div className={form.answers}>
        {answers.map((text, index) => (
          <Button
            key={text}
            keyName={String(index + 1)}
            data-field={index === 0 ? 'arrival-question' : undefined}
            onClick={() => void desk.answer(index)}
          >
            {text}
          </Button>
        ))}
        <Button look="plain" keyName={t.keys.esc} onClick={() => desk.dismissQuestion()}>
          {t.acts.cancel}
        </Button>
      </div>
    </fieldset>
  );
}
