import { useEffect, useEffectEvent } from 'react';

/** What can be done in the dialog; keys and buttons mean the same. */
export type ScanAct =
  | 'shoot'
  | 'camera'
  | 'import'
  | 'turn'
  | 'crop'
  | 'crop-done'
  | 'remove'
  | 'previous'
  | 'next'
  | 'earlier'
  | 'later'
  | 'attach'
  | 'back';

export interface ScanKeyContext {
  view: 'camera' | 'page' | 'crop';
  /** The question why a page goes is open; its own keys apply. */
  removing: boolean;
  /** `choice`: a list whose letters and arrows are its own. */
  target: 'choice' | 'field' | 'button' | 'edge' | 'other';
}

export interface ScanKeyPress {
  key: string;
  ctrl: boolean;
  alt: boolean;
}

/** Which key does what. Pure. Esc is the dialog's own (`onCancel`). */
export function decideScanKey({ key, ctrl, alt }: ScanKeyPress, context: ScanKeyContext): ScanAct | null {
  const { view, removing, target } = context;
  if (removing || ctrl || target === 'field') return null;
  if (target === 'choice' && key !== ' ' && key !== 'Enter') return null;
  if (alt) return key === 'ArrowUp' ? 'earlier' : key === 'ArrowDown' ? 'later' : null;
  if (key === 'Enter') {
    if (target === 'button') return null;
    return view === 'crop' ? 'crop-done' : 'attach';
  }
  if (view === 'crop') return key.toLowerCase() === 'c' ? 'crop-done' : null;
  switch (key) {
    case ' ':
      return view === 'camera' ? 'shoot' : 'camera';
    case 'ArrowUp':
      return 'previous';
    case 'ArrowDown':
      return 'next';
    case 'Delete':
      return 'remove';
  }
  return LETTERS[key.toLowerCase()] ?? null;
}

const LETTERS: Readonly<Partial<Record<string, ScanAct>>> = { o: 'import', r: 'turn', c: 'crop' };

/** Listens while the dialog is open. The page behind it sees none of its keys (window/useWindowKeys.ts). */
export function useScanKeys(context: Omit<ScanKeyContext, 'target'>, perform: (act: ScanAct) => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const press = { key: event.key, ctrl: event.ctrlKey || event.metaKey, alt: event.altKey };
    const act = decideScanKey(press, { ...context, target: targetKind(event.target) });
    if (!act) return;
    // Also keeps the space bar from pressing the button that has the focus.
    event.preventDefault();
    if (!event.repeat || act === 'previous' || act === 'next') perform(act);
  });
  useEffect(() => {
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

/** `data-through`: a button on which Enter means what it means everywhere in the dialog. */
function targetKind(target: EventTarget | null): ScanKeyContext['target'] {
  if (!(target instanceof HTMLElement)) return 'other';
  if (target.getAttribute('role') === 'slider') return 'edge';
  if (target instanceof HTMLSelectElement) return 'choice';
  if (target instanceof HTMLInputElement) return 'field';
  return target instanceof HTMLButtonElement && target.dataset.through === undefined ? 'button' : 'other';
}
