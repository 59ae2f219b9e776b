import { APPLICATION, always, LAND_SOURCE, rowsOf, when } from './row.ts';
import type { RegistrationItem } from './types.ts';

const row = rowsOf('D', { unit: 'working-days', byProjectKind: { INDUSTRIAL: 7, DEVELOPER: 15 } });

/** First registration of land and buildings: 7 working days for industry, 15 for a development (domain.md §2.5, S27). */
export const GROUP_D: readonly RegistrationItem[] = [
  row('D01', ['seed', 100, 2, 'certificate', 'unilateral', 'F1'], {
    name: '国有建设用地使用权及房屋所有权首次登记',
    gloss: 'first registration of land + buildings',
    initials: 'gyjsydsyqjfwsyqscdj',
    materials: [
      ...APPLICATION,
      ...LAND_SOURCE,
      ...always('M22', 'M23', 'M24'),
      ...when('divided', 'M26'),
      ...when('deed-tax', 'M07'),
    ],
  }),
];
