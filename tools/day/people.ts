import type { Party } from '../../domain/case/types.ts';
import { checkCharacter } from '../../domain/identity/citizenId.ts';
import type { Chance } from './random.ts';

/** Made-up people and places. Numbers have right check digits; whom they might belong to is chance. */

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌志海波'];
const COUNTIES = ['220402', '220403', '220421', '220422'];
const STREETS = ['示例大街', '样本路', '演示大路', '模拟街', '练习街', '测试胡同'];
/** A vector of domain.md §4.2, not a company. */
const BANK = { name: '示例银行股份有限公司辽源分行', code: '91350100M000100Y43' };

export function makePerson(chance: Chance, role: Party['role']): Party {
  const year = chance.between(1950, 2004);
  const month = chance.between(1, 12);
  const day = chance.between(1, 28);
  const two = (value: number) => String(value).padStart(2, '0');
  const order = String(chance.between(0, 999)).padStart(3, '0');
  const first17 = `${chance.pick(COUNTIES)}${year}${two(month)}${two(day)}${order}`;
  const name = chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.next() < 0.8 ? chance.pick(GIVEN) : '');
  const isRead = chance.next() < 0.9;
  return {
    role,
    kind: 'person',
    name,
    idKind: 'resident',
    idNumber: first17 + checkCharacter(first17),
    origin: isRead ? 'card' : 'typed',
    address: makeAddress(chance),
    overrides: isRead ? [] : [{ code: 'card-unread', reason: '读卡器报修，已目视核对' }],
  };
}

export function makeBank(role: Party['role']): Party {
  return {
    role,
    kind: 'organisation',
    name: BANK.name,
    idKind: 'credit-code',
    idNumber: BANK.code,
    origin: 'typed',
    overrides: [],
  };
}

export function makeAddress(chance: Chance): string {
  const street = chance.pick(STREETS);
  return `辽源市龙山区${street}${chance.between(1, 300)}号${chance.between(1, 6)}单元${chance.between(101, 1899)}室`;
}

export function makeUnitNumber(chance: Chance): string {
  const digits = (count: number) => String(chance.between(0, 10 ** count - 1)).padStart(count, '0');
  return `220402001002GB${String(chance.between(1, 99_999)).padStart(5, '0')}F${digits(8)}`;
}
