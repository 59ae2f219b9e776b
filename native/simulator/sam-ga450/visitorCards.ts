import { checkCharacter } from '../../../domain/identity/citizenId.ts';
import { card, resident, type SimulatedCard } from './card.ts';

/** Made-up visitors of a demonstration: name, sex, date of birth. One in three is sixty or older. */
const VISITORS = [
  ['刘建国', '1', '19530412'],
  ['陈秀兰', '2', '19580923'],
  ['杨波', '1', '19880105'],
  ['周敏', '2', '19930718'],
  ['吴海涛', '1', '19760330'],
  ['孙桂英', '2', '19490211'],
  ['马超', '1', '19991027'],
  ['朱丽华', '2', '19840616'],
  ['胡志刚', '1', '19711208'],
  ['郭玉霞', '2', '19620504'],
  ['何磊', '1', '19910822'],
  ['林静', '2', '19961114'],
] as const;

/** `visitor-1` … `visitor-12`. */
export const VISITOR_CARDS: Readonly<Record<string, SimulatedCard>> = Object.fromEntries(
  VISITORS.map(([name, sex, birth], index) => {
    // The third digit of the order tells the sex: odd for a man.
    const first17 = `220402${birth}9${index % 10}${sex === '1' ? 1 : 2}`;
    const fields = {
      name,
      sex,
      birth,
      address: `吉林省辽源市龙山区演示大路${index + 1}号`,
      number: first17 + checkCharacter(first17),
      issuer: '辽源市公安局龙山分局',
      from: '20210301',
      to: '20410301',
    };
    return [`visitor-${index + 1}`, card(resident(fields))];
  }),
);
