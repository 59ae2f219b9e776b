/**
 * Cards of persons who do not exist: numbers of devices.md §1.9 and domain.md §4.1. Addresses are streets without a
 * house anybody lives in.
 */

import { card, resident, type SimulatedCard } from './card.ts';
import { VISITOR_CARDS } from './visitorCards.ts';

const TEST_ISSUER = '某某市公安局测试分局';
const LONGSHAN = '辽源市公安局龙山分局';
const XIAN = '辽源市公安局西安分局';

export const CARDS: Readonly<Record<string, SimulatedCard>> = {
  'test-a': card(
    resident({
      name: '测试甲',
      sex: '1',
      birth: '19000101',
      address: '某某省某某市测试区示例路1号',
      number: '110101190001010014',
      issuer: TEST_ISSUER,
      from: '20200101',
      to: '长期',
    }),
  ),
  'test-j': card([
    ...resident({
      name: '测试乙',
      sex: '2',
      nation: '',
      birth: '19000101',
      address: '某某省某某市测试区示例路2号',
      number: '810000190001010026',
      issuer: TEST_ISSUER,
      from: '20200101',
      to: '20250101',
    }),
    [220, 18, 'H00000001'],
    [238, 4, '01'],
    [248, 2, 'J'],
  ]),
  'test-i': card([
    [0, 120, 'TEST, PERSON ONE'],
    [120, 2, '1'],
    [122, 30, 'XXA000000000001'],
    [152, 6, 'XXA'],
    [158, 30, '测试丙'],
    [188, 16, '20200101'],
    [204, 16, '20300101'],
    [220, 16, '19000101'],
    [236, 4, '01'],
    [240, 8, '0000'],
    [248, 2, 'I'],
  ]),
  'test-y': card([
    [0, 30, '测试丁'],
    [30, 2, '2'],
    [32, 4, '01'],
    [36, 16, '19000101'],
    [52, 70, 'TEST, PERSON TWO WITH A VERY LONG N'],
    [122, 36, '911999190001010013'],
    [188, 16, '20240101'],
    [204, 16, '20340101'],
    [220, 22, 'AME SPLIT'],
    [242, 6, '999'],
    [248, 2, 'Y'],
    [250, 6, '001'],
  ]),
  zhangsan: card(
    resident({
      name: '张三',
      sex: '1',
      birth: '19900307',
      address: '吉林省辽源市龙山区示例街1号1单元101室',
      number: '220402199003071231',
      issuer: LONGSHAN,
      from: '20200610',
      to: '20400610',
    }),
  ),
  lina: card(
    resident({
      name: '李娜',
      sex: '2',
      birth: '19850615',
      address: '吉林省辽源市西安区示例路22号3单元502室',
      number: '220403198506150048',
      issuer: XIAN,
      from: '20180320',
      to: '20380320',
    }),
  ),
  /** Moved since the card was made: 30 03 gives the current address. */
  wangfang: card(
    resident({
      name: '王芳',
      sex: '2',
      birth: '19620101',
      address: '吉林省辽源市龙山区示例街9号',
      number: '220402196201014568',
      issuer: LONGSHAN,
      from: '20120401',
      to: '长期',
    }),
    '吉林省辽源市西安区示例路108号2单元301室',
  ),
  /** Its validity is over. */
  expired: card(
    resident({
      name: '赵强',
      sex: '1',
      birth: '19781120',
      address: '吉林省东丰县示例镇示例村3组',
      number: '220421197811202535',
      issuer: '东丰县公安局',
      from: '20050901',
      to: '20250901',
    }),
  ),
  /** The last digit should be 1. */
  'bad-check-digit': card(
    resident({
      name: '张试',
      sex: '1',
      birth: '19900307',
      address: '吉林省辽源市龙山区示例街2号',
      number: '220402199003071230',
      issuer: LONGSHAN,
      from: '20200610',
      to: '20400610',
    }),
  ),
  /** U+20BB7 lies outside the BMP, U+E863 is a private code point of old cards. */
  'rare-name': card(
    resident({
      name: '\u{20BB7}\uE863',
      sex: '1',
      nation: '11',
      birth: '20000229',
      address: '吉林省东辽县示例镇示例街5号',
      number: '220422200002290011',
      issuer: '东辽县公安局',
      from: '20160801',
      to: '20260801',
    }),
  ),
  forged: { ...card([[0, 30, '伪造']]), readStatus: 0x32 },
  'not-an-id-card': { ...card([]), readStatus: 0x40 },
  ...VISITOR_CARDS,
};
