import { useEffect, useEffectEvent } from 'react';
import { useApp } from '../app/app.ts';
import { t } from '../strings/index.ts';
import { isElder, type KioskState } from './kioskStore.ts';
import { nameOf } from './screens/PapersScreen.tsx';

/** What a screen asks, as it is read aloud; null: nothing to say. */
export function spokenQuestion(state: KioskState): string | null {
  const { step, papers, result, path, item } = state;
  const words = t.prereview;
  switch (step.at) {
    case 'card':
      return words.card.say;
    case 'number':
      return words.number.question;
    case 'resume':
      return words.resume.question;
    case 'tiles':
      return path.at(-1)?.title ?? words.tiles.say;
    case 'direct':
      return words.direct.question;
    case 'circumstances':
      return words.circumstances.say;
    case 'papers':
      return words.papers.say;
    case 'paper': {
      const paper = papers[step.index];
      return paper ? words.paper.question(nameOf(paper.code, paper.name, item?.applicancy === 'joint')) : null;
    }
    case 'result':
      if (!result) return null;
      if (result.outcome === 'failed') return words.result.failedSay;
      return result.ticket ? words.result.passedSay(result.ticket.number, result.ticket.zone) : words.result.noTicket;
    case 'idle':
      return null;
  }
}

/** Reads each question once, twice to the elder; silent where no voice is configured. Everything said is on the screen. */
export function useVoice(state: KioskState): void {
  const { client } = useApp();
  const text = spokenQuestion(state);
  // Larger type alone asks nothing anew.
  const say = useEffectEvent((text: string) => {
    void client.call('prereview.say', { text, twice: isElder(state) }).catch(() => undefined);
  });
  useEffect(() => {
    if (text !== null) say(text);
  }, [text]);
}
