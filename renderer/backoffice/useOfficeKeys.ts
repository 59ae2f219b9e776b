import { useEffect } from 'react';
import { mayReachCentre } from '../app/status.ts';
import { claim, offerOf } from './ActionBar.tsx';
import { decideOfficeKey, type OfficeKeyAction, type OfficeKeyContext } from './keys.ts';
import type { Office } from './office.ts';
import { perform } from './perform.ts';
import { standingOf, type Worker, whyNot } from './plan.ts';
import { lanesOf } from './workList.ts';

/** Listens once for the whole page; what a component handled (defaultPrevented) is not seen here. */
export function useOfficeKeys(office: Office): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || (event.repeat && !event.key.startsWith('Arrow'))) return;
      if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
      const action = decideOfficeKey(
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          composing: event.isComposing,
        },
        contextOf(office, event.target),
      );
      if (!action) return;
      event.preventDefault();
      act(office, action);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [office]);
}

/** Who works here at this very moment: a key is not drawn, so it does not wait for the page's minute. */
function workerNow({ app }: Office): Worker {
  const { info } = app.session.getState();
  return {
    roles: info?.staff?.roles ?? [],
    actor: info?.staff?.number ?? '',
    at: new Date().toISOString(),
    mayReach: mayReachCentre(app.status.getState()),
  };
}

function act(office: Office, action: OfficeKeyAction): void {
  const { app, store } = office;
  const state = store.getState();
  switch (action.do) {
    case 'move':
      state.move(action.step);
      break;
    case 'lane': {
      const lane = lanesOf(app.session.getState().info?.staff?.roles ?? [])[action.index];
      if (lane) state.setLane(lane);
      break;
    }
    case 'open':
      if (state.selected !== null) void state.openTask(state.selected);
      break;
    case 'filter':
      document.getElementById('office-filter')?.focus();
      break;
    case 'mark':
      if (state.lane === 'ARC' && state.selected !== null) state.toggleMark(state.selected);
      break;
    case 'leave':
      leave(office);
      break;
    case 'unmask':
      if (state.unmasked) store.setState({ unmasked: false });
      else state.setDialog('unmask');
      break;
    case 'outbox':
      store.setState({ outbox: true });
      break;
    case 'lock':
      app.session.getState().lock();
      break;
    case 'claim':
      if (state.open) claim(office, state.open, workerNow(office));
      break;
    case 'done':
    case 'back':
      doMain(office, action.do);
      break;
  }
}

function doMain(office: Office, which: 'done' | 'back'): void {
  const { open } = office.store.getState();
  if (!open) return;
  const worker = workerNow(office);
  const { plan, standing } = offerOf(office, open, worker);
  const doing = plan[which];
  if (doing && !standing.isTaken && whyNot(doing, standing, open.lane, worker) === null) void perform(office, doing);
}

/** From the case to the list, from the filter to all rows. */
function leave({ store }: Office): void {
  const { open, filter, close, setFilter, selected } = store.getState();
  if (open) close();
  else if (filter !== '') setFilter('');
  const row = selected === null ? null : document.querySelector<HTMLElement>(`[data-case="${selected}"]`);
  row?.focus();
}

function contextOf(office: Office, target: EventTarget | null): OfficeKeyContext {
  const { app, store } = office;
  const { open, dialog } = store.getState();
  // Every dialog has keys of its own, also one that is no question about a case.
  const isCovered = dialog !== null || app.session.getState().locked || document.querySelector('dialog[open]') !== null;
  const canClaim = open !== null && standingOf(open.record, open.lane, workerNow(office)).canClaim;
  return { isOpen: open !== null, isCovered, canClaim, target: targetKind(target) };
}

function targetKind(target: EventTarget | null): OfficeKeyContext['target'] {
  if (!(target instanceof HTMLElement)) return 'other';
  if (target.id === 'office-filter') return 'filter';
  if (target.dataset.case !== undefined) return 'list';
  if (target instanceof HTMLTextAreaElement) return 'text';
  if (target instanceof HTMLInputElement) {
    return target.type === 'radio' || target.type === 'checkbox' ? 'control' : 'text';
  }
  return target instanceof HTMLButtonElement || target instanceof HTMLSelectElement ? 'control' : 'other';
}
