import { describe, expect, test } from 'vitest';
import type { PreReviewFile } from '../../../contract/rpc/preReview.ts';
import {
  COLLECTED_CASE as CASE,
  card,
  PRE_REVIEW_FILE as FILE,
  HOLDER,
  PRE_REVIEW,
  openDeskPage as setUp,
} from '../../../tests/fixtures/deskPage.ts';
import { calledTicket, pickupTicket } from '../../../tests/fixtures/windowTickets.ts';
import { chooseItem } from '../form/formActions.ts';
import { toAcceptanceDraft } from '../form/formDraft.ts';
import { FIRST_RULES } from '../form/formRules.ts';

describe('a card while a number with pre-review is in hand', () => {
  test('opens the form as the pre-review left it, and the person is there: nothing is typed', async () => {
    const { desk, queue, form, lay } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }));
    await queue.getState().load();
    await lay(card(HOLDER, '张三'));
    const { form: opened } = form.getState();
    expect(opened).toMatchObject({
      itemCode: 'A09',
      location: '龙山区人民大街 1 号',
      ticket: { number: 'A015' },
      preReview: { id: PRE_REVIEW, number: 'Y20261127010001', brought: { M01: true } },
    });
    expect(opened.parties.map(({ name, origin }) => [name, origin])).toEqual([['张三', 'card']]);
    expect(opened.materials.M02).toMatchObject({ byCard: true });
    expect(queue.getState().state?.current?.calls.at(-1)?.arrivedAt).not.toBeNull();
    expect(toAcceptanceDraft(opened, FIRST_RULES.catalogue)).toMatchObject({
      ticket: { id: queue.getState().state?.current?.id, number: 'A015' },
      preReview: PRE_REVIEW,
      property: { location: '龙山区人民大街 1 号', unitNumber: '220402001002GB00003F00040005' },
    });
    // From here on a card is one of a further person.
    expect(desk.claimsCard()).toBe(false);
  });

  test('of another person asks, and says nothing of arrival until it is answered', async () => {
    const { desk, queue, form, lay, names } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }));
    await queue.getState().load();
    await lay(card('220402198501011239', '李娜'));
    expect(desk.question.getState().asked).toMatchObject({ kind: 'other-person', card: { name: '李娜' } });
    expect(form.getState().form.parties).toEqual([]);
    expect(names()).not.toContain('queue.arrive');
    await desk.answer(0);
    expect(form.getState().form.parties.map(({ name }) => name)).toEqual(['张三']);
    expect(form.getState().pendingCard?.name).toBe('李娜');
    expect(names()).toContain('queue.arrive');
  });

  test('of somebody who is not this number leaves everything as it is', async () => {
    const { desk, queue, form, lay, names } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }));
    await queue.getState().load();
    await lay(card('220402198501011239', '李娜'));
    await desk.answer(1);
    expect(desk.question.getState().asked).toBeNull();
    expect(form.getState().form.parties).toEqual([]);
    expect(names()).not.toContain('queue.arrive');
  });

  test('does not throw away what was begun: it asks first', async () => {
    const { desk, queue, form, lay } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }));
    await queue.getState().load();
    form.getState().change((state) => chooseItem(state, 'A01'));
    await lay(card(HOLDER, '张三'));
    expect(desk.question.getState().asked?.kind).toBe('form-begun');
    expect(form.getState().form.itemCode).toBe('A01');
    await desk.answer(1);
    expect(form.getState().form).toMatchObject({ itemCode: 'A01', preReview: null });
    expect(form.getState().form.parties.map(({ name }) => name)).toEqual(['张三']);
  });

  test('without its record serves the number like any other, and says so', async () => {
    const { desk, queue, form, lay } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }), { file: null });
    await queue.getState().load();
    await lay(card(HOLDER, '张三'));
    expect(form.getState().form.parties.map(({ name }) => name)).toEqual(['张三']);
    expect(desk.claimsCard()).toBe(false);
    await desk.serve();
    expect(form.getState().form.ticket?.number).toBe('A015');
  });
});

test('Enter on 已到 opens the pre-review without a card; the person is as the pre-review has him', async () => {
  const { desk, queue, form } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }));
  await queue.getState().load();
  await desk.arrive();
  expect(form.getState().form.parties.map(({ name, origin }) => [name, origin])).toEqual([['张三', 'pre-review']]);
  expect(form.getState().form.materials.M02).toBeUndefined();
});

describe('a number whose pre-review was made for somebody else', () => {
  const forOther = { ...FILE, conditions: ['agent' as const] };

  test('has the agent come, by card or without: the applicant is still to be entered', async () => {
    const byCard = setUp(calledTicket('A015', { preReview: PRE_REVIEW }), { file: forOther });
    await byCard.queue.getState().load();
    await byCard.lay(card(HOLDER, '张三'));
    const byKey = setUp(calledTicket('A015', { preReview: PRE_REVIEW }), { file: forOther });
    await byKey.queue.getState().load();
    await byKey.desk.arrive();
    for (const { form } of [byCard, byKey])
      expect(form.getState().form.parties.map(({ name, role }) => [name, role])).toEqual([['张三', 'agent']]);
  });

  test('by a pass alone, whose holder is known by the card only, too', async () => {
    const pass: PreReviewFile = { ...forOther, parties: [], origin: 'passport' };
    const { queue, form, lay } = setUp(calledTicket('A015', { preReview: PRE_REVIEW }), { file: pass });
    await queue.getState().load();
    await lay(card(HOLDER, '张三'));
    expect(form.getState().form.parties.map(({ name, role }) => [name, role])).toEqual([['张三', 'agent']]);
  });
});

test('a form that is filled in at a home takes no number on, whoever is in hand', async () => {
  const visit = { appointment: CASE, day: '2026-11-27', address: '示例街1号' };
  for (const at of [visit, null]) {
    const { desk, queue, form } = setUp(calledTicket('A015'));
    await queue.getState().load();
    form.getState().clear((empty) => ({ ...empty, visit: at }));
    await desk.serve();
    expect(form.getState().form.ticket?.number ?? null).toBe(at ? null : 'A015');
    expect(queue.getState().state?.current?.calls.at(-1)?.arrivedAt ?? null).toEqual(at ? null : expect.any(String));
  }
});

test('a card laid for a number that collects goes to the hand-over, not into a new form', async () => {
  const { queue, form, lay, shown } = setUp(pickupTicket('A003', CASE, true));
  await queue.getState().load();
  await lay(card(HOLDER, '张三'));
  expect(form.getState().form.parties).toEqual([]);
  expect(shown).toContain('hand over 张三');
  expect(queue.getState().state?.current?.calls.at(-1)?.arrivedAt).not.toBeNull();
});

test('a case is missed by its number while that is called to collect it, and only then', async () => {
  const collecting = setUp(pickupTicket('A003', CASE, true));
  await collecting.queue.getState().load();
  expect(collecting.desk.missForCase('another-case')).toBe(false);
  expect(collecting.desk.missForCase(CASE)).toBe(true);
  // Once called, so it is said how often it must be called first.
  expect(collecting.queue.getState().said).toMatchObject({ block: { why: 'calls-left', left: 2 } });
  await collecting.desk.collects();
  expect(collecting.names()).toContain('queue.arrive');

  const serving = setUp(calledTicket('A015'));
  await serving.queue.getState().load();
  expect(serving.desk.missForCase(CASE)).toBe(false);
  await serving.desk.collects();
  expect(serving.names()).not.toContain('queue.arrive');
});

test('what cannot be done is said and not sent', async () => {
  const { desk, queue, names } = setUp(calledTicket('A015'));
  await queue.getState().load();
  await desk.press('callNext');
  expect(queue.getState().said).toEqual({ kind: 'blocked', block: { why: 'in-hand', number: 'A015' } });
  await desk.press('finish');
  expect(queue.getState().said).toEqual({ kind: 'blocked', block: { why: 'not-arrived' } });
  expect(names()).toEqual(['queue.state']);
});
