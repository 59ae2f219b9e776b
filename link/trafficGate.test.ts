import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type TrafficClass, TrafficGate } from './trafficGate.ts';

function watched() {
  const gate = new TrafficGate();
  const entered: string[] = [];
  const enter = async (name: string, traffic: TrafficClass) => {
    const leave = await gate.enter(traffic);
    entered.push(name);
    return leave;
  };
  return { gate, entered, enter };
}
const turn = () => delay(5);

test('what somebody waits for passes at once, whatever is on its way', async () => {
  const { entered, enter } = watched();
  await enter('page', 'blobs');
  await enter('push', 'records');
  await enter('call', 'interactive');
  expect(entered).toEqual(['page', 'push', 'call']);
});

test('records let it pass, pages let both pass, and pages go one by one', async () => {
  const { entered, enter } = watched();
  const call = await enter('call', 'interactive');
  const waiting = [enter('page 1', 'blobs'), enter('page 2', 'blobs'), enter('push', 'records')] as const;
  await turn();
  expect(entered).toEqual(['call']);
  call();
  const push = await waiting[2];
  await turn();
  expect(entered).toEqual(['call', 'push']);
  push();
  const page = await waiting[0];
  const late = enter('late push', 'records');
  await late;
  page();
  page();
  await turn();
  expect(entered).toEqual(['call', 'push', 'page 1', 'late push']);
  (await late)();
  await waiting[1];
  expect(entered.at(-1)).toBe('page 2');
});

test('records pass after a while also when somebody else waits for an answer that does not come', async () => {
  const { entered, enter } = watched();
  await enter('call', 'interactive');
  await enter('push', 'records');
  expect(entered).toEqual(['call', 'push']);
});

test('who gives up holds up nobody', async () => {
  const { gate, entered, enter } = watched();
  const push = await enter('push', 'records');
  const given = new AbortController();
  const page = gate.enter('blobs', given.signal);
  given.abort();
  await expect(page).rejects.toThrow();
  push();
  await enter('page', 'blobs');
  expect(entered).toEqual(['push', 'page']);
  await expect(gate.enter('blobs', AbortSignal.abort())).rejects.toThrow();
});
