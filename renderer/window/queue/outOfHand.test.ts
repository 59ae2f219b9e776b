import { describe, expect, test, vi } from 'vitest';
import { openDeskPage } from '../../../tests/fixtures/deskPage.ts';
import { calledTicket } from '../../../tests/fixtures/windowTickets.ts';
import { chooseItem } from '../form/formActions.ts';
import { draftsOf } from './draftsOf.ts';

/** What was entered for a number, once the number is out of hand. */

type Page = ReturnType<typeof openDeskPage>;

const arrived = (number: string) => calledTicket(number, {}, { arrived: true });
const next = { ...arrived('A016'), id: '0198a000-0000-7000-8000-0000000000f6' };

/** A015 is at the window, and its form is begun. */
async function beginForm(): Promise<Page> {
  const page = openDeskPage(arrived('A015'));
  await page.queue.getState().load();
  await page.desk.serve();
  page.form.getState().change((state) => chooseItem(state, 'A01'));
  return page;
}
const drafts = ({ form, queue }: Page) =>
  draftsOf(form.getState().aside, queue.getState().state).map(({ ticket }) => ticket?.number);

test('held, what was entered waits with the number and is there when it is called back', async () => {
  const ticket = calledTicket('A015', {}, { arrived: true });
  const { desk, queue, form, shown } = openDeskPage(ticket, { held: [ticket] });
  await queue.getState().load();
  await desk.serve();
  form.getState().change((state) => chooseItem(state, 'A01'));
  await desk.hold('去复印');
  expect(form.getState().form.itemCode).toBe('');
  await vi.waitUntil(() => queue.getState().state?.current === null);
  await desk.call(ticket, 'intake');
  expect(form.getState().form.itemCode).toBe('A01');
  expect(shown.at(-1)).toBe('focus queue.arrive');
});

test('who does not come takes what was entered with them, and it is there when they are called back', async () => {
  const ticket = calledTicket('A015', {}, { recalls: 2 });
  const { desk, queue, form } = openDeskPage(ticket, { held: [ticket] });
  await queue.getState().load();
  form.getState().clear((empty) => ({ ...chooseItem(empty, 'A01'), ticket: { id: ticket.id, number: ticket.number } }));
  await desk.press('noShow');
  expect(form.getState().form.itemCode).toBe('');
  await vi.waitUntil(() => queue.getState().state?.current === null);
  await desk.call(ticket, 'intake');
  expect(form.getState().form.itemCode).toBe('A01');
});

describe('F3 on a number whose form is begun and not accepted', () => {
  test('asks first; nothing is sent', async () => {
    const { desk, form, names, shown } = await beginForm();
    await desk.press('finish');
    expect(shown.at(-1)).toBe('queue-finish');
    expect(names()).not.toContain('queue.finish');
    expect(form.getState().form.itemCode).toBe('A01');
  });

  test('keeps it as a draft, never open for the next number, and there when it is asked for', async () => {
    const page = await beginForm();
    const { desk, form, put } = page;
    expect(await desk.finish('aside')).toBe(true);
    expect(form.getState().form).toMatchObject({ itemCode: '', ticket: null });
    expect(drafts(page)).toEqual(['A015']);
    await put(next);
    await desk.serve();
    expect(form.getState().form).toMatchObject({ itemCode: '', ticket: { number: 'A016' } });
    expect(drafts(page)).toEqual(['A015']);
    // Who comes back has taken another number.
    desk.openDraft(form.getState().aside[0]?.ticket?.id ?? '');
    expect(form.getState().form).toMatchObject({ itemCode: 'A01', ticket: { id: next.id, number: 'A016' } });
    expect(drafts(page)).toEqual([]);
  });

  test('or throws it away', async () => {
    const page = await beginForm();
    expect(await page.desk.finish('clear')).toBe(true);
    expect(page.form.getState()).toMatchObject({ form: { itemCode: '', ticket: null }, aside: [] });
  });

  test('a draft is not laid over a form that is begun', async () => {
    const page = await beginForm();
    const { desk, form, queue } = page;
    await desk.finish('aside');
    form.getState().change((state) => chooseItem(state, 'A05'));
    desk.openDraft(form.getState().aside[0]?.ticket?.id ?? '');
    expect(form.getState().form.itemCode).toBe('A05');
    expect(queue.getState().said).toEqual({ kind: 'blocked', block: { why: 'form-begun' } });
  });
});

test('a number with nothing entered is finished by F3 alone, and leaves no trace in the next form', async () => {
  const { desk, form, queue, names, put } = openDeskPage(arrived('A015'));
  await queue.getState().load();
  await desk.serve();
  expect(form.getState().form.ticket?.number).toBe('A015');
  await desk.press('finish');
  expect(names()).toContain('queue.finish');
  await put(next);
  await desk.serve();
  expect(form.getState().form.ticket?.number).toBe('A016');
});

test('a number that another window has now leaves its form as a draft when the next is called, by whatever key', async () => {
  const page = await beginForm();
  await page.put(null);
  expect(page.form.getState().form.itemCode).toBe('A01');
  await page.put(next);
  expect(page.form.getState().form.itemCode).toBe('');
  expect(drafts(page)).toEqual(['A015']);
});

test('what waits with a number that F8 offers is no draft', async () => {
  const page = openDeskPage(arrived('A015'), { held: [arrived('A015')] });
  await page.queue.getState().load();
  await page.desk.serve();
  page.form.getState().change((state) => chooseItem(state, 'A01'));
  await page.desk.hold('去复印');
  expect(page.form.getState().aside).toHaveLength(1);
  expect(drafts(page)).toEqual([]);
});
