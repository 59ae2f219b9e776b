import { VERBS, type Verb } from './queue/verbs.ts';

/** Which key does what at the window (design.md §8). Pure: the page turns an event into this shape. */

export interface KeyPress {
  key: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** An input method is composing: every key belongs to it. */
  composing: boolean;
}

export interface KeyContext {
  view: 'form' | 'case';
  /** What covers the page; its own keys apply. */
  overlay: 'none' | 'dialog' | 'find' | 'card-question';
  target: 'textarea' | 'input' | 'open-list' | 'button' | 'other';
  /** How many answers the card question offers. */
  cardAnswers: number;
}

export type KeyAction =
  | { do: 'primary' }
  | { do: 'find' }
  | { do: 'doctor' }
  | { do: 'outbox' }
  | { do: 'hand-entry' }
  | { do: 'print' }
  | { do: 'scan' }
  | { do: 'unmask' }
  | { do: 'lock' }
  | { do: 'back' }
  | { do: 'answer-card'; index: number }
  | { do: 'act'; number: number }
  | { do: 'refuse' }
  | { do: 'mortgage' }
  | { do: 'next-case'; step: 1 | -1 }
  /** F1 to F8. */
  | { do: 'queue'; verb: Verb }
  | { do: 'why' }
  | { do: 'swallow' };

export function decideKey(press: KeyPress, context: KeyContext): KeyAction | null {
  if (press.composing) return null;
  if (press.ctrl && !press.alt && press.key.toLowerCase() === 'k') {
    return context.overlay === 'dialog' ? { do: 'swallow' } : { do: 'find' };
  }
  if (press.ctrl && !press.alt && press.key.toLowerCase() === 'd') {
    return context.overlay === 'none' ? { do: 'doctor' } : { do: 'swallow' };
  }
  if (press.ctrl && !press.alt && press.key.toLowerCase() === 'l') return { do: 'lock' };
  const verb = verbOf(press);
  if (context.overlay === 'dialog' || context.overlay === 'find') return verb ? { do: 'swallow' } : null;
  if (context.overlay === 'card-question') return decideCardKey(press, context.cardAnswers);
  if (press.alt && press.key.toLowerCase() === 'm') return { do: 'unmask' };
  if (press.alt && !press.ctrl) return decideAltKey(press, context);
  if (press.ctrl) return null;
  if (verb) return { do: 'queue', verb };
  switch (press.key) {
    case 'F9':
      return { do: 'scan' };
    case 'F10':
      return { do: 'print' };
    case 'F12':
      return context.view === 'form' ? { do: 'refuse' } : { do: 'swallow' };
    case 'Escape':
      return context.target === 'open-list' ? null : { do: 'back' };
    case 'Enter':
      return context.target === 'textarea' || context.target === 'open-list' || context.target === 'button'
        ? null
        : { do: 'primary' };
    default:
      return null;
  }
}

/** F1 to F8 alone: with Ctrl, Alt or Shift they belong to the system and to other programs. */
function verbOf({ key, ctrl, alt, shift }: KeyPress): Verb | null {
  const [, digit] = /^F([1-8])$/.exec(key) ?? [];
  return digit === undefined || ctrl || alt || shift ? null : (VERBS[Number(digit) - 1] ?? null);
}

/**
 * Alt and a digit: the acts of a case beside Enter's. Alt and an arrow: the next case of the list. Alt+G: from a loan of the
 * fund to its mortgage. Alt+N: a new person by hand.
 * Alt+W: why this number. Alt+O: what waits to be sent.
 */
function decideAltKey({ key }: KeyPress, { view }: KeyContext): KeyAction | null {
  if (key === 'ArrowDown' || key === 'ArrowUp') return { do: 'next-case', step: key === 'ArrowDown' ? 1 : -1 };
  if (key.toLowerCase() === 'g') return view === 'case' ? { do: 'mortgage' } : null;
  if (key.toLowerCase() === 'w') return { do: 'why' };
  if (key.toLowerCase() === 'o') return { do: 'outbox' };
  if (key.toLowerCase() === 'n') return view === 'form' ? { do: 'hand-entry' } : null;
  return /^[1-9]$/.test(key) && (view === 'case' || view === 'form') ? { do: 'act', number: Number(key) } : null;
}

function decideCardKey(press: KeyPress, answers: number): KeyAction | null {
  if (press.key === 'Escape') return { do: 'back' };
  const index = Number(press.key) - 1;
  if (!press.ctrl && !press.alt && Number.isInteger(index) && index >= 0 && index < answers) {
    return { do: 'answer-card', index };
  }
  // Enter on a focused answer presses it; anywhere else it must not accept past an open question.
  if (press.key === 'Enter') return null;
  return /^F\d+$/.test(press.key) ? { do: 'swallow' } : null;
}
