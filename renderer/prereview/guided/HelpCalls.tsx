import { useEffect, useState } from 'react';
import { useApp } from '../../app/app.ts';
import { localTime } from '../../app/format.ts';
import { useAnswer } from '../../app/useAnswer.ts';
import { t } from '../../strings/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import kiosk from '../Kiosk.module.css';
import styles from './HelpCalls.module.css';

/** Who asks for somebody at another machine; one touch says who goes. */
export function HelpCalls() {
  const { client } = useApp();
  const [turn, setTurn] = useState(0);
  useEffect(() => client.on('queue.changed', () => setTurn((before) => before + 1)), [client]);
  const { answer } = useAnswer(() => client.call('prereview.helpCalls', {}), [turn]);
  const words = t.prereview.staff;
  if (!answer || answer.length === 0) return <p className={kiosk.aside}>{words.noHelp}</p>;
  return (
    <ul className={styles.helpCalls} aria-label={words.helpCalls}>
      {answer.slice(0, 3).map(({ id, terminal, floor, at }) => (
        <li key={id}>
          <Icon name="help" />
          <span>{words.helpFrom(terminal, floor, localTime(at))}</span>
          <button
            type="button"
            className={kiosk.secondary}
            onClick={() => {
              const again = (): void => setTurn((before) => before + 1);
              void client.call('prereview.answerHelp', { id }).then(again, again);
            }}
          >
            {words.answer}
          </button>
        </li>
      ))}
    </ul>
  );
}
