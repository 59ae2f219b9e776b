import { APPLICATION, always, rowsOf, when } from './row.ts';
import type { RegistrationItem } from './types.ts';

const row = rowsOf('X', { unit: 'working-days', amount: 5 });

/** Outside the 61 and switched off (domain.md §2.5): no promise is published, 5 working days stands in for one. */
export const GROUP_X: readonly RegistrationItem[] = [
  row('X01', ['derived', 100, 2, 'proof', 'joint', 'F1'], {
    name: '居住权登记',
    gloss: 'right of habitation',
    initials: 'jzqdj',
    enabled: false,
    materials: [...APPLICATION, ...always('M04', 'M55')],
  }),
  row('X02', ['derived', 900, 2, 'none', 'unilateral', 'F0'], {
    name: '不动产登记资料查询',
    gloss: 'search of the register',
    initials: 'bdcdjzlcx',
    enabled: false,
    materials: [...always('M01', 'M02'), ...when('agent', 'M03')],
  }),
];
