import { expect, test } from 'vitest';
import type { PlannedVisit } from '../../../contract/rpc/visits.ts';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { HOME_VISIT } from '../../../tests/fixtures/homeVisits.ts';
import { toAcceptanceDraft } from './formDraft.ts';
import { emptyForm } from './formState.ts';
import { beginAtVisit } from './fromVisit.ts';
import { readStoredForm } from './storedForm.ts';

const ID = '0198a000-0000-7000-8000-0000000000d1';
const visit: PlannedVisit = {
  id: ID,
  day: '2026-11-27',
  slot: { from: '2026-11-27T02:00:00.000Z', to: '2026-11-27T03:00:00.000Z' },
  address: HOME_VISIT.address,
  reasonClass: HOME_VISIT.reasonClass,
  itemCode: 'A09',
  itemName: '',
  isDone: false,
  staffNames: ['王敏', '李强'],
  contact: null,
};
const form = emptyForm('0198a000-0000-7000-8000-0000000000c1');

test('the form of a visit has its item, and its case names the appointment and no number', () => {
  const ticket = { id: ID, number: 'A015' };
  const begun = beginAtVisit({ ...form, ticket }, visit);
  expect(begun).toMatchObject({
    itemCode: 'A09',
    ticket: null,
    visit: { appointment: ID, address: HOME_VISIT.address },
  });
  const draft = toAcceptanceDraft({ ...begun, ticket }, CATALOGUE);
  expect(draft).toMatchObject({ itemCode: 'A09', appointment: ID });
  expect(draft).not.toHaveProperty('ticket');
  expect(toAcceptanceDraft({ ...form, ticket }, CATALOGUE)).toMatchObject({ ticket });
});

test('the visit comes back with a kept form; what is no visit is left out', () => {
  const begun = beginAtVisit(form, visit);
  expect(readStoredForm(structuredClone({ ...begun }))).toEqual(begun);
  expect(readStoredForm({ ...begun, visit: { appointment: ID } })?.visit).toBeNull();
});
