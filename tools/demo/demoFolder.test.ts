import { expect, test } from 'vitest';
import { access } from '../../renderer/strings/zh-CN/access.ts';
import { DEMO_STAFF } from './demoFolder.ts';

test('the people whom the login page offers are those the demonstration has, with the password it says', () => {
  const offered = access.access.demoGroups.flatMap(({ people }) =>
    people.map(({ number, name }) => ({ number, name, password: access.access.demoPassword(number) })),
  );
  const known = DEMO_STAFF.map(({ number, name, password }) => ({ number, name, password }));
  for (const person of offered) expect(known).toContainEqual(person);
  expect(offered).toHaveLength(known.length - 1); // 导办 signs in at no page yet
});

test('nobody of the back office has two desks there: each step is checked by another person', () => {
  for (const { number, roles } of DEMO_STAFF) if (number.startsWith('2')) expect(roles).toHaveLength(1);
});
