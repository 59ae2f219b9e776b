import type { PlannedVisit } from '../../../contract/rpc/visits.ts';
import { chooseItem } from './formActions.ts';
import type { FormState } from './formState.ts';

/** A case at somebody's home: of the item that was booked, whoever applies there, and without a number. */
export function beginAtVisit(form: FormState, { id, day, address, itemCode }: PlannedVisit): FormState {
  return { ...chooseItem(form, itemCode), ticket: null, visit: { appointment: id, day, address } };
}
