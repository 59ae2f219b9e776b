import { expect, test } from 'vitest';
import { QueueHall } from '../../tests/fixtures/queueHall.ts';

test('ordinary tickets are called in the order in which they were taken', () => {
  const hall = new QueueHall();
  for (let index = 0; index < 3; index += 1) {
    hall.take();
    hall.now += 1000;
  }
  expect([hall.serve('W01'), hall.serve('W02'), hall.serve('W01'), hall.serve('W01')]).toEqual([
    'B001',
    'B002',
    'B003',
    null,
  ]);
});
