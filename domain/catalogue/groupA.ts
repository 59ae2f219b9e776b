import { APPLICATION, always, rowsOf, when } from './row.ts';
import type { RegistrationItem } from './types.ts';

const row = rowsOf('A', { unit: 'minutes', amount: 60 });

/** The 15 items promised in 60 minutes including the printed certificate (domain.md §2.2, S24). */
export const GROUP_A: readonly RegistrationItem[] = [
  row('A01', ['split', 400, 2, 'none', 'unilateral', 'F0'], {
    name: '不动产权利注销登记',
    gloss: 'cancellation of ownership/use right',
    initials: 'bdcqlzxdj',
    materials: [...APPLICATION, ...always('M04', 'M36'), ...when('encumbered', 'M33')],
  }),
  row('A02', ['seed', 900, 2, 'certificate-or-proof', 'unilateral', 'FG'], {
    name: '换证登记',
    gloss: 're-issue of a damaged or old-style certificate',
    initials: 'hzdj',
    materials: [...APPLICATION, ...always('M35')],
  }),
  row('A03', ['seed', 800, 2, 'none', 'entrusted', 'F0'], {
    name: '查封登记（含预查封）',
    gloss: 'judicial seal-up',
    initials: 'cfdjhycf',
    materials: always('M14'),
  }),
  row('A04', ['seed', 200, 3, 'certificate', 'joint', 'F1'], {
    name: '商品房买卖转移登记',
    gloss: 'transfer, newly built home sold by developer',
    initials: 'spfmmzydj',
    housingCheck: true,
    materials: [
      ...APPLICATION,
      ...always('M06', 'M04', 'M07'),
      ...when('pre-notice', 'M05'),
      ...when('tax', 'M29', 'M30'),
      ...when('maintenance-fund', 'M43'),
    ],
  }),
  row('A05', ['seed', 100, 2, 'proof', 'joint', 'F1'], {
    name: '一般抵押权首次登记',
    gloss: 'ordinary mortgage',
    initials: 'ybdyqscdj',
    materials: [...APPLICATION, ...always('M04', 'M08', 'M09'), ...when('organisation', 'M41')],
  }),
  row('A06', ['seed', 100, 2, 'proof', 'joint', 'F1'], {
    name: '最高额抵押权首次登记',
    gloss: 'maximum-amount mortgage',
    initials: 'zgedyqscdj',
    materials: [...APPLICATION, ...always('M04', 'M10'), ...when('prior-claims', 'M42')],
  }),
  row('A07', ['seed', 700, 2, 'proof', 'joint-or-unilateral', 'F0'], {
    name: '预购商品房预告登记',
    gloss: 'advance notice, pre-sold home',
    initials: 'ygspfygdj',
    housingCheck: true,
    materials: [...APPLICATION, ...always('M11', 'M12')],
  }),
  row('A08', ['seed', 700, 2, 'proof', 'joint', 'F0'], {
    name: '预购商品房抵押权预告登记',
    gloss: 'advance notice of mortgage on a pre-sold home',
    initials: 'ygspfdyqygdj',
    housingCheck: true,
    materials: [...APPLICATION, ...always('M05', 'M08', 'M09', 'M12')],
  }),
  row('A09', ['split', 400, 2, 'none', 'joint-or-unilateral', 'F0'], {
    name: '抵押权注销登记',
    gloss: 'release of mortgage',
    initials: 'dyqzxdj',
    materials: [...APPLICATION, ...always('M05', 'M13', 'M04')],
  }),
  row('A10', ['split', 400, 2, 'none', 'entrusted', 'F0'], {
    name: '查封登记注销',
    gloss: 'release of seal-up',
    initials: 'cfdjzx',
    materials: always('M37', 'M14'),
  }),
  row('A11', ['split', 400, 2, 'none', 'joint-or-unilateral', 'F0'], {
    name: '预告登记注销',
    gloss: 'cancellation of advance notice',
    initials: 'ygdjzx',
    materials: [...APPLICATION, ...always('M05', 'M38')],
  }),
  row('A12', ['split', 400, 2, 'none', 'unilateral', 'F0'], {
    name: '异议登记注销',
    gloss: 'cancellation of objection',
    initials: 'yydjzx',
    materials: [...APPLICATION, ...always('M05', 'M39')],
  }),
  row('A13', ['derived', 800, 2, 'none', 'entrusted', 'F0'], {
    name: '轮候查封、续行查封登记',
    gloss: 'queued / extended seal-up',
    initials: 'lhcfxxcfdj',
    materials: always('M14'),
  }),
  row('A14', ['derived', 100, 2, 'proof', 'joint', 'F1'], {
    name: '抵押预告转抵押权首次登记',
    gloss: 'notice-mortgage turned into mortgage',
    initials: 'dyygzdyqscdj',
    materials: [...APPLICATION, ...always('M05', 'M04', 'M08', 'M09')],
  }),
  row('A15', ['derived', 300, 2, 'proof', 'joint', 'F0'], {
    name: '最高额抵押权确定登记',
    gloss: 'fixing the secured claim',
    initials: 'zgedyqqddj',
    materials: [...APPLICATION, ...always('M05', 'M40')],
  }),
];
