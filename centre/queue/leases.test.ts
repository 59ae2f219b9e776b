import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueAnswer } from '../../contract/queue.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { enrolTerminal, startQueueHall, TAKE } from '../../tests/fixtures/queueDesk.ts';

let hall: Awaited<ReturnType<typeof startQueueHall>>;
beforeEach(async () => {
  hall = await startQueueHall({ windows: ['W01', 'W09'], kiosks: ['K01', 'K02'] });
});
afterEach(() => hall.dispose());

const DAY = '2026-11-27';
const lease = (terminal: string, prefixes = ['A'], { day = DAY, epoch = 1, commandId = uuidv7() } = {}) =>
  hall.at(terminal).ask({ kind: 'lease', prefixes, day, epoch }, { commandId });
const blocks = async () =>
  (await hall.ops('lease.')).map(({ body }) => `${body.holder} ${body.prefix} ${body.first}-${body.last} ${body.day}`);

it('is granted once for a device, epoch, prefix and day, however often and by whichever command it is asked for', async () => {
  const commandId = uuidv7();
  const first = (await lease('K01', ['A', 'B'], { commandId })) as QueueAnswer;
  expect(first.changed).toHaveLength(4);
  expect(await lease('K01', ['A', 'B'], { commandId })).toMatchObject({ ticket: null });
  expect((await lease('K01', ['A', 'B'])) as QueueAnswer).toMatchObject({
    changed: [first.changed[1], first.changed[3]],
  });
  expect(((await lease('K01', ['A', 'V'])) as QueueAnswer).changed).toContain(first.changed[1]);
  expect((await blocks()).filter((each) => each.startsWith('K01'))).toEqual([
    `K01 A 500-999 ${DAY}`,
    `K01 B 500-999 ${DAY}`,
    `K01 V 500-999 ${DAY}`,
  ]);
});

it('never overlaps: the hub has the first block, whoever asks first, then the dispensers in the order in which they ask', async () => {
  await lease('K01');
  expect((await hall.at('K02').ticket(TAKE)).number).toBe('A001');
  await Promise.all([lease('K02'), lease('K02'), lease('K01')]);
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A002');
  expect(await blocks()).toEqual([`HUB A 1-499 ${DAY}`, `K01 A 500-999 ${DAY}`, `K02 A 1000-1499 ${DAY}`]);
  expect(findingsIn(hall.dir)).toEqual([]);
});

it('is for today or a day soon to come, and never of an emergency letter', async () => {
  expect(await lease('K01', ['A'], { day: '2026-11-30' })).toMatchObject({ ticket: null });
  expect(await lease('K01', ['A'], { day: '2026-11-26' })).toBe('bad-input');
  expect(await lease('K01', ['A'], { day: '2027-02-01' })).toBe('bad-input');
  expect(await lease('K01', ['ZB'])).toBe('bad-input');
  expect(await blocks()).toEqual(['HUB A 1-499 2026-11-30', 'K01 A 500-999 2026-11-30']);
});

it('is void in a new epoch: a restored machine gets another block', async () => {
  await lease('K01');
  const restored = await enrolTerminal(hall.centre, 'K01', { epoch: 2 });
  await restored.ask({ kind: 'lease', prefixes: ['A'], day: DAY, epoch: 2 });
  expect(await blocks()).toEqual([`HUB A 1-499 ${DAY}`, `K01 A 500-999 ${DAY}`, `K01 A 1000-1499 ${DAY}`]);
});

it('the numbers of the hub go on where they were after it starts again', async () => {
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A001');
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A002');
  const { now } = hall.clock;
  await hall.restart();
  expect(hall.clock.now).toBe(now);
  expect((await hall.at('K01').ticket(TAKE)).number).toBe('A003');
  expect(await blocks()).toEqual([`HUB A 1-499 ${DAY}`]);
});
