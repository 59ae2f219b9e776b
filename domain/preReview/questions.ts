import { mayDemand } from '../catalogue/asks.ts';
import { findMaterial } from '../catalogue/catalogue.ts';
import type { Catalogue, Item, MaterialCondition } from '../catalogue/types.ts';

/** Conditions in the words of whoever comes; each is ticked when it holds. */
const WORDS: Readonly<Record<MaterialCondition, string>> = {
  agent: '我是替别人来办的',
  encumbered: '房子上有抵押或预告登记',
  organisation: '抵押的是单位的房子',
  'pre-notice': '买的时候办过预告登记',
  'prior-claims': '以前的借款也放进这次抵押',
  tax: '需要缴税',
  inquiry: '需要询问',
  'maintenance-fund': '交过专项维修资金',
  'unit-changed': '房屋的面积或形状变了',
  'other-mortgagees': '房子还抵押给了别人',
  notarised: '办过公证',
  'developer-certificate': '开发商已有这房子的产权证',
  renounced: '有人放弃继承',
  'certificate-withheld': '原来的产权证拿不到',
  'court-order': '有法院的协助执行通知书',
  'land-certificate': '土地已有产权证',
  divided: '楼里有业主共有的部分',
  'deed-tax': '需要缴契税',
};

/** The same on paper, where nobody says 我. */
export function conditionWords(condition: MaterialCondition): string {
  return condition === 'agent' ? '由他人代办' : WORDS[condition];
}

export interface AskedCondition {
  condition: MaterialCondition;
  text: string;
}

/**
 * What is asked of an item before its papers: conditions that decide about a paper somebody has to bring. What only
 * decides about data sharing is no question for a citizen (暂行条例 §24).
 */
export function conditionsAsked(item: Item, catalogue: Pick<Catalogue, 'materials'>): AskedCondition[] {
  const asked = item.materials.flatMap((entry) => {
    const condition = entry.when ?? entry.unless;
    const material = findMaterial(entry.material, catalogue);
    return condition && material && mayDemand(material) ? [condition] : [];
  });
  return [...new Set(asked)].map((condition) => ({ condition, text: WORDS[condition] }));
}
