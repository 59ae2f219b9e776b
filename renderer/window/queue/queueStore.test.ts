import { describe, expect, test, vi } from 'vitest';
import { YichuangError } from '../../../contract/errors.ts';
import { fakeService } from '../../../tests/fixtures/fakeService.ts';
import { calledTicket, queueStateOf, waitingTicket } from '../../../tests/fixtures/windowTickets.ts';
import { createQueue } from './queueStore.ts';

let ids = 0;
const uuid = (): string => {
  ids += 1;
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
};
const commandsOf = (calls: [string, unknown][], method: string): string[] =>
  calls.flatMap(([name, input]) => (name === method ? [(input as { commandId: string }).commandId] : []));

describe('the queue at the window', () => {
  test('two presses at once call one person', async () => {
    const { client, calls } = fakeService({
      'queue.state': () => queueStateOf(),
      'queue.callNext': () => ({ ticket: calledTicket('A015') }),
    });
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    const [first, second] = await Promise.all([queue.getState().callNext(), queue.getState().callNext()]);
    expect(first?.number).toBe('A015');
    expect(second).toBeNull();
    expect(commandsOf(calls, 'queue.callNext')).toHaveLength(1);
  });

  test('the number stands in hand with the answer, before the state was asked again', async () => {
    const { client } = fakeService({
      'queue.state': () => (asked++ === 0 ? queueStateOf() : new Promise(() => {})),
      'queue.callNext': () => ({ ticket: calledTicket('A015') }),
    });
    let asked = 0;
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    await queue.getState().callNext();
    expect(queue.getState().state?.current?.number).toBe('A015');
    expect(queue.getState().said).toMatchObject({ kind: 'done', what: 'called', number: 'A015' });
  });

  test('a lost answer is asked for again by the same command; once it came, the next press is a new one', async () => {
    let isLost = true;
    const { client, calls } = fakeService({
      'queue.state': () => queueStateOf(),
      'queue.callNext': () => {
        if (isLost) throw new YichuangError('deadline');
        return { ticket: calledTicket('A015') };
      },
      'queue.finish': () => ({ ticket: waitingTicket('A015') }),
    });
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    expect(await queue.getState().callNext()).toBeNull();
    isLost = false;
    await queue.getState().callNext();
    await queue.getState().callNext();
    const [first, second, third] = commandsOf(calls, 'queue.callNext');
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('what was lost and then settled by another command is not asked again', async () => {
    let isLost = true;
    const { client, calls } = fakeService({
      'queue.state': () => queueStateOf({ current: calledTicket('A015', {}, { arrived: true }) }),
      'queue.callNext': () => {
        if (isLost) throw new YichuangError('deadline');
        return { ticket: calledTicket('A016') };
      },
      'queue.finish': () => ({ ticket: waitingTicket('A015') }),
    });
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    await queue.getState().callNext();
    isLost = false;
    await queue.getState().finish();
    await queue.getState().callNext();
    const [first, second] = commandsOf(calls, 'queue.callNext');
    expect(second).not.toBe(first);
  });

  test('a refusal leaves the state and says why; the next press is a new command', async () => {
    const { client, calls } = fakeService({
      'queue.state': () => queueStateOf({ current: calledTicket('A015') }),
      'queue.recall': () => {
        throw new YichuangError('recall-too-early');
      },
    });
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    await queue.getState().recall();
    expect(queue.getState().said).toMatchObject({ kind: 'failed', failure: { code: 'recall-too-early' } });
    expect(queue.getState().state?.current?.number).toBe('A015');
    await queue.getState().recall();
    expect(new Set(commandsOf(calls, 'queue.recall')).size).toBe(2);
  });

  test('nobody waits: it says so, and in an emergency that nobody is assigned here', async () => {
    const { client } = fakeService({
      'queue.state': () => queueStateOf({ mode: 'emergency' }),
      'queue.callNext': () => ({ ticket: null }),
    });
    const queue = createQueue(client, uuid);
    await queue.getState().load();
    expect(await queue.getState().callNext()).toBeNull();
    expect(queue.getState().said).toEqual({ kind: 'nobody', emergency: true });
  });

  test('changes that come while the state is asked for are asked for once more', async () => {
    const releases: (() => void)[] = [];
    const { client, listeners, calls } = fakeService({
      'queue.state': () => new Promise((resolve) => releases.push(() => resolve(queueStateOf()))),
    });
    const queue = createQueue(client, uuid);
    void queue.getState().load();
    for (let change = 0; change < 5; change += 1) listeners.emit('queue.changed', {});
    releases[0]?.();
    await vi.waitUntil(() => releases.length === 2);
    releases[1]?.();
    await vi.waitUntil(() => queue.getState().state !== null);
    expect(calls).toHaveLength(2);
  });

  test('a key of the keypad pressed in vain is said', () => {
    const { client, listeners } = fakeService({ 'queue.state': () => queueStateOf() });
    const queue = createQueue(client, uuid);
    listeners.emit('queue.refused', { action: 'next', code: 'window-busy', message: '手上还有一个号' });
    expect(queue.getState().said).toMatchObject({ kind: 'failed', failure: { code: 'window-busy' } });
  });
});
