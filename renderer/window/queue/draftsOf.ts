import type { FormState } from '../form/formState.ts';
import type { QueueState } from './verbs.ts';

/** Of what waits beside the form in hand, that which no number brings back any more. */
export function draftsOf(aside: readonly FormState[], state: QueueState | null): FormState[] {
  const waiting = state ? [...state.held, ...state.passed].filter(({ state: of }) => of !== 'VOIDED') : [];
  const back = new Set([...waiting, ...(state?.current ? [state.current] : [])].map(({ id }) => id));
  return aside.filter(({ ticket }) => ticket !== null && !back.has(ticket.id));
}
