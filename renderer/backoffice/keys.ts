/** Which key does what in the back office. Pure: the page turns an event into this shape. */

export interface OfficeKey {
  key: string;
  ctrl: boolean;
  alt: boolean;
  /** An input method is composing: every key belongs to it. */
  composing: boolean;
}

export interface OfficeKeyContext {
  isOpen: boolean;
  /** A dialog or the lock covers the page. */
  isCovered: boolean;
  /** The open task is free: Enter claims it. */
  canClaim: boolean;
  target: 'list' | 'filter' | 'text' | 'control' | 'other';
}

export type OfficeKeyAction =
  | { do: 'done' | 'back' | 'claim' | 'open' | 'filter' | 'leave' | 'lock' | 'unmask' | 'mark' | 'outbox' }
  | { do: 'move'; step: 1 | -1 }
  | { do: 'lane'; index: number };

export function decideOfficeKey(press: OfficeKey, context: OfficeKeyContext): OfficeKeyAction | null {
  if (press.composing || context.isCovered) return null;
  if (press.ctrl && !press.alt) return decideCtrl(press.key, context);
  if (press.alt) return press.ctrl ? null : decideAlt(press.key.toLowerCase(), context);
  const { target } = context;
  const isTyping = target === 'filter' || target === 'text';
  if (press.key === 'Escape') return { do: 'leave' };
  if (
    (press.key === 'ArrowDown' || press.key === 'ArrowUp') &&
    (target === 'list' || target === 'filter' || !context.isOpen)
  )
    return { do: 'move', step: press.key === 'ArrowDown' ? 1 : -1 };
  if (press.key === 'Enter') return decideEnter(context);
  if (isTyping) return null;
  // Also from a button: that is where a closed dialog gives the focus back to.
  if (press.key === '/') return { do: 'filter' };
  if (target === 'control') return null;
  if (press.key === ' ' && target === 'list') return { do: 'mark' };
  if (/^[1-9]$/.test(press.key)) return { do: 'lane', index: Number(press.key) - 1 };
  return null;
}

function decideCtrl(key: string, { isOpen }: OfficeKeyContext): OfficeKeyAction | null {
  if (key.toLowerCase() === 'l') return { do: 'lock' };
  if (!isOpen) return null;
  if (key === 'Enter') return { do: 'done' };
  return key === 'Backspace' ? { do: 'back' } : null;
}

function decideAlt(key: string, { isOpen }: OfficeKeyContext): OfficeKeyAction | null {
  if (key === 'o') return { do: 'outbox' };
  return key === 'm' && isOpen ? { do: 'unmask' } : null;
}

function decideEnter({ target, isOpen, canClaim }: OfficeKeyContext): OfficeKeyAction | null {
  if (target === 'list' || target === 'filter') return { do: 'open' };
  if (target === 'control' || target === 'text') return null;
  if (isOpen) return canClaim ? { do: 'claim' } : null;
  return { do: 'open' };
}
