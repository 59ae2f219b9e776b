import { owedFen } from '../../case/guards.ts';
import { routeOf } from '../../case/lanes.ts';
import type { CaseRecord } from '../../case/types.ts';
import { noticePayCode } from '../../payment/payCode.ts';
import type { PaperDocument } from '../document.ts';
import type { PaperParty } from '../parts/parts.ts';
import { yuan } from '../parts/words.ts';
import { buildPaymentNotice } from '../payment.ts';
import { buildTaxContact } from '../taxContact.ts';
import { type CaseFacts, headOf, isUnderWay, itemOf, partiesAs, toPaperParty } from './facts.ts';

/** SL8 and SL9. */

const METHODS = ['微信支付', '支付宝', '刷卡', '扫码', '现金（收费窗口）'];

/** For every item with which the tax office has to do; contract number and day are written by hand. */
export function taxContactOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const item = itemOf(record, facts);
  if (!item || !isUnderWay(record) || (record.route ?? routeOf(item)).skipped.includes('TAX')) return null;
  const { property, priceFen } = record.acceptance;
  return buildTaxContact(
    {
      ...headOf(record, facts),
      sellers: partiesAs(record, 'obligor').map(toPaperParty),
      buyers: partiesAs(record, 'holder').map(toPaperParty),
      houseArea: property.area ?? '',
      atticArea: '',
      garageArea: '',
      contractNumber: '',
      priceFen: priceFen ?? null,
      contractDate: '',
      at: facts.at,
    },
    facts,
  );
}

/** While there is something to pay, with a pay code that needs no centre (domain.md §3.8). */
export function paymentNoticeOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { fee } = record;
  const owed = owedFen(record);
  if (!fee || owed === 0 || !isUnderWay(record)) return null;
  const [agent] = partiesAs(record, 'agent');
  return buildPaymentNotice(
    {
      ...headOf(record, facts),
      payer: payerOf(record, fee.payer),
      agent: agent ? { name: agent.name, phone: agent.phone ?? '' } : null,
      lines: fee.lines.map((line) => {
        const unit = line.class === 'extra-copy' ? '本' : '件';
        return {
          name: line.name,
          standard: `${yuan(line.unitFen)}元/${unit}`,
          count: line.count,
          unit,
          reductionFen: line.reducedFen,
          reductionReason: line.reason ?? '',
          dueFen: Math.max(0, line.unitFen * line.count - line.reducedFen),
        };
      }),
      paidFen: fee.totalFen - owed,
      payCode: noticePayCode(record.acceptance.number),
      methods: METHODS,
      at: facts.at,
    },
    facts,
  );
}

/** A party of that name; else whoever was named, of whom nothing more is known. */
function payerOf({ acceptance }: CaseRecord, name: string): PaperParty {
  const party = acceptance.parties.find((each) => each.name === name);
  return party ? toPaperParty(party) : { name, kind: 'organisation', idKind: '', idNumber: '', phone: '' };
}
