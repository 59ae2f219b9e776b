import { useEffect } from 'react';
import { cardAnswersFor } from './form/cardQuestion.ts';
import { decideKey, type KeyContext } from './keys.ts';
import type { Workspace } from './workspaceTypes.ts';

/** This number, or not (queue/ArrivalQuestion.tsx). */
const ARRIVAL_ANSWERS = 2;

/** Listens once for the whole page; what a component has handled (defaultPrevented or stopped) is not seen here. */
export function useWindowKeys(workspace: Workspace): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      // An open popover takes Esc for itself; the page behind it stays where it is.
      if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
      const action = decideKey(
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          shift: event.shiftKey,
          composing: event.isComposing,
        },
        contextOf(workspace, event.target),
      );
      if (!action) return;
      event.preventDefault();
      perform(workspace, action);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [workspace]);
}

function perform(workspace: Workspace, action: NonNullable<ReturnType<typeof decideKey>>): void {
  const { view, form, app } = workspace;
  switch (action.do) {
    case 'primary':
      workspace.primary();
      break;
    case 'find':
      view.setState({ overlay: 'find' });
      break;
    case 'doctor':
      view.setState({ overlay: 'doctor' });
      break;
    case 'outbox':
      view.setState({ overlay: 'outbox' });
      break;
    case 'hand-entry':
      view.setState({ handEntry: 'new' });
      break;
    case 'print':
      workspace.printOrPreview();
      break;
    case 'scan':
      workspace.openScan(focusedMaterial());
      break;
    case 'unmask':
      workspace.unmask();
      break;
    case 'refuse':
      workspace.startRefusal();
      break;
    case 'act':
      if (view.getState().view === 'case') workspace.startOther(action.number);
      else workspace.openReturning(action.number);
      break;
    case 'mortgage':
      workspace.beginMortgage();
      break;
    case 'next-case':
      void workspace.openNext(action.step);
      break;
    case 'lock':
      app.session.getState().lock();
      break;
    case 'queue':
      void workspace.desk.press(action.verb);
      break;
    case 'why':
      if (workspace.desk.queue.getState().state?.current) view.setState({ overlay: 'queue-why' });
      break;
    case 'answer-card': {
      if (workspace.desk.question.getState().asked) {
        void workspace.desk.answer(action.index);
        break;
      }
      const answer = cardAnswersFor(form.getState().form, workspace.rules().catalogue)[action.index];
      if (answer) workspace.answerCard(answer);
      break;
    }
    case 'back':
      if (workspace.desk.question.getState().asked) workspace.desk.dismissQuestion();
      else if (form.getState().pendingCard) form.getState().dismissCard();
      else if (view.getState().handEntry) view.setState({ handEntry: null });
      else if (view.getState().view === 'case') workspace.showForm();
      break;
    case 'swallow':
      break;
  }
}

/** The row of the checklist with the focus, if one has it. */
function focusedMaterial(): string | null {
  const row = document.activeElement?.closest('li')?.querySelector('[data-field^="materials."]');
  return row?.getAttribute('data-field')?.slice('materials.'.length) ?? null;
}

function contextOf(workspace: Workspace, target: EventTarget | null): KeyContext {
  const { view, form, app } = workspace;
  const { overlay, view: shown } = view.getState();
  // What a band of the page opens is no overlay of the workspace, and covers it all the same.
  const isUnderDialog = overlay === 'none' && document.querySelector('dialog[open]') !== null;
  const covered = app.session.getState().locked || isUnderDialog || (overlay !== 'none' && overlay !== 'find');
  const isArriving = workspace.desk.question.getState().asked !== null;
  const asking = isArriving || form.getState().pendingCard !== null;
  return {
    view: shown,
    overlay: covered ? 'dialog' : overlay === 'find' ? 'find' : asking ? 'card-question' : 'none',
    target: targetKind(target),
    cardAnswers: isArriving
      ? ARRIVAL_ANSWERS
      : cardAnswersFor(form.getState().form, workspace.rules().catalogue).length,
  };
}

function targetKind(target: EventTarget | null): KeyContext['target'] {
  if (!(target instanceof HTMLElement)) return 'other';
  if (target instanceof HTMLTextAreaElement) return 'textarea';
  if (target.getAttribute('role') === 'checkbox') return 'other';
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) return 'button';
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? 'input' : 'other';
}
