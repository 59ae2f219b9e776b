import { expect, test } from 'vitest';
import { QueueHall, takeOf } from '../../tests/fixtures/queueHall.ts';
import type { StaffRole } from '../staff/roles.ts';
import type { QueueCommand } from './commands.ts';
import { decide } from './decide.ts';
import { KIOSK, mayDo } from './mayDo.ts';

test.each([
  ['take', true],
  ['lease', true],
  ['reprint', true],
  ['next', false],
  ['void', false],
  ['raise', false],
  ['catch-up', false],
  ['plan', false],
  ['release', false],
] as const)('a kiosk %s: %s', (kind, may) => {
  expect(mayDo(kind, { actor: KIOSK, roles: ['SUP', 'WIN'] })).toBe(may);
});

test.each([
  ['next', ['WIN'], true],
  ['next', ['SUP'], false],
  ['raise', ['SUP'], true],
  ['raise', ['WIN'], false],
  ['release', ['WIN'], false],
  ['settle', ['SUP'], true],
  ['take', ['PRE'], true],
  ['take', ['ARC'], false],
] as [QueueCommand['kind'], StaffRole[], boolean][])('%s by %s: %s', (kind, roles, may) => {
  expect(mayDo(kind, { actor: '1001', roles })).toBe(may);
});

test('a decision asks', () => {
  const hall = new QueueHall();
  expect(decide(takeOf(), hall.view(), hall.context('W03', { roles: ['ARC'] }))).toMatchObject({
    refused: 'forbidden',
  });
});
