import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QueueHall, SECOND } from '../../tests/fixtures/queueHall.ts';
import type { PassPolicy } from './hallTypes.ts';
import { DEFAULT_PLAN } from './plan.ts';
import { waitingInTurn } from './requeue.ts';

function hallWith(passPolicy: PassPolicy, waiting: number, gap: (index: number) => number = () => SECOND) {
  const hall = new QueueHall({ ...DEFAULT_PLAN, policy: { ...DEFAULT_PLAN.policy, passPolicy } });
  for (let index = 0; index < waiting; index += 1) {
    hall.take();
    hall.now += gap(index);
  }
  return hall;
}

/** Numbers in their turn. */
function inTurn(hall: QueueHall): string[] {
  return waitingInTurn(hall.view(), { queue: 'B', floor: 2, id: '' }).map(({ number }) => number);
}

function passNext(hall: QueueHall, terminal = 'W01') {
  const ticket = hall.next(terminal);
  if (ticket === null) throw new Error('nobody waits');
  hall.passOver(terminal, ticket.id);
  return hall.ticket(ticket.id);
}

describe('who does not come', () => {
  test('REQUEUE_3: is put back three places', () => {
    const hall = hallWith('REQUEUE_3', 6);
    passNext(hall);
    expect(inTurn(hall)).toEqual(['B002', 'B003', 'B004', 'B001', 'B005', 'B006']);
  });

  test('REQUEUE_3: goes to the end when fewer than four wait', () => {
    const hall = hallWith('REQUEUE_3', 3);
    passNext(hall);
    hall.now += SECOND;
    hall.take();
    expect(inTurn(hall)).toEqual(['B002', 'B003', 'B001', 'B004']);
  });

  test('REQUEUE_TAIL: goes to the end', () => {
    const hall = hallWith('REQUEUE_TAIL', 6);
    passNext(hall);
    expect(inTurn(hall).at(-1)).toBe('B001');
  });

  test('VOID: needs a new number', () => {
    const hall = hallWith('VOID', 2);
    expect(passNext(hall)).toMatchObject({ state: 'VOIDED', voidReason: 'passed' });
    expect(inTurn(hall)).toEqual(['B002']);
  });

  test.each(['REQUEUE_3', 'REQUEUE_TAIL'] as const)('%s: the second time ends it', (policy) => {
    const hall = hallWith(policy, 1);
    expect(passNext(hall)).toMatchObject({ state: 'WAITING', passes: 1 });
    expect(passNext(hall)).toMatchObject({ state: 'VOIDED', passes: 2, voidReason: 'passed' });
  });

  test('who had priority had their turn: they wait among the others, three places back at least', () => {
    const hall = hallWith('REQUEUE_3', 1);
    hall.take({ class: 'priority' });
    hall.now += SECOND;
    for (let index = 0; index < 4; index += 1) {
      hall.take();
      hall.now += SECOND;
    }
    passNext(hall);
    expect(inTurn(hall)).toEqual(['B001', 'B002', 'B003', 'V001', 'B004', 'B005']);
  });

  test('who had priority does not come before those who took a number earlier', () => {
    const hall = hallWith('REQUEUE_3', 5);
    hall.take({ class: 'priority' });
    passNext(hall);
    hall.now += SECOND;
    hall.take();
    expect(inTurn(hall)).toEqual(['B001', 'B002', 'B003', 'B004', 'B005', 'V001', 'B006']);
  });
});

test('however they come and go, who is passed stands exactly three places later', () => {
  const gap = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 8, maxLength: 30 });
  fc.assert(
    fc.property(gap, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (gaps, passes) => {
      const hall = hallWith('REQUEUE_3', gaps.length, (index) => (gaps[index] ?? 1) * SECOND);
      for (const isPassed of passes) {
        hall.now += SECOND;
        if (!isPassed) {
          hall.serve('W01');
          continue;
        }
        const before = inTurn(hall);
        const head = hall.next('W01');
        if (head === null) return;
        hall.passOver('W01', head.id);
        const others = before.filter((number) => number !== head.number);
        const expected = head.passes > 0 ? others : others.toSpliced(3, 0, head.number);
        expect(inTurn(hall)).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});
