import { toWireError, YichuangError } from '../../contract/errors.ts';
import type { LackedPaper, PreReviewResult, TakenTicket } from '../../contract/rpc/preReview.ts';
import { findItem, findMaterial } from '../../domain/catalogue/catalogue.ts';
import { buildOneTimeNotice } from '../../domain/papers/oneTimeNotice.ts';
import { toSlip } from '../../domain/papers/paperSlip.ts';
import type { PaperClerk } from '../../domain/papers/parts/parts.ts';
import { buildPreReviewPass } from '../../domain/papers/preReviewPass.ts';
import { buildTicket } from '../../domain/papers/ticket.ts';
import { businessOf, zoneOf } from '../../domain/preReview/place.ts';
import type { PreReviewSaved } from '../../domain/preReview/types.ts';
import type { PassPolicy } from '../../domain/queue/hallTypes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import type { SlipDocument } from '../../domain/slip/document.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { paperContext } from '../papers/paperContext.ts';
import { type GivenTicket, outlookOf } from './tickets.ts';

const PRINT_DEADLINE_MS = 25_000;
const MINUTE = 60_000;

/** domain.md §6.4, as it stands on the paper. */
const PASS_RULES: Readonly<Record<PassPolicy, string>> = {
  VOID: '叫号三次未到，本号作废，请重新取号',
  REQUEUE_3: '叫号三次未到，顺延三位一次，再过号请重新取号',
  REQUEUE_TAIL: '叫号三次未到，排到队尾一次，再过号请重新取号',
};

/** Said on the notice to who was sent for papers (users.md §C.8). */
const TODAY = '今日补齐回来的，请再到本预审处，保留本次预审，优先安排，不必重新排队。';

export type PreReviewOnPaper = Pick<
  PreReviewSaved,
  'number' | 'itemCode' | 'catalogueVersion' | 'materials' | 'parties' | 'at'
>;

/**
 * Prints one slip after the other. What the printer did not take is said and not lost: the number stays valid.
 * @returns how many came out
 */
export async function printSlips(
  { devices }: Pick<ServiceContext, 'devices'>,
  documents: readonly SlipDocument[],
): Promise<PreReviewResult['printed']> {
  let slips = 0;
  try {
    if (!devices.has('ticketPrinter')) throw new YichuangError('device-not-configured');
    for (const document of documents) {
      await devices.call('printer.print', { document }, PRINT_DEADLINE_MS);
      slips += 1;
    }
    return { slips, problem: null };
  } catch (error) {
    const { code, message } = toWireError(error);
    return { slips, problem: { code, message } };
  }
}

/** What its owner is told of a ticket. */
export function describeTicket(context: ServiceContext, { ticket, by }: GivenTicket): TakenTicket {
  const { id, number, queue, floor, takenAt } = ticket;
  const zone = zoneOf(queue, floor);
  return {
    id,
    number,
    queue,
    class: ticket.class,
    floor,
    zone,
    takenAt,
    by,
    ...outlookOf(context.hall.view(), ticket),
  };
}

export function ticketSlip(context: ServiceContext, taken: TakenTicket, record: TicketRecord): SlipDocument {
  const { wait } = taken;
  const at = hallMinute(Date.parse(taken.takenAt));
  return buildTicket({
    agency: context.config.agency,
    number: taken.number,
    zone: taken.zone,
    itemGroup: businessOf(taken.queue),
    peopleAhead: taken.peopleAhead,
    wait: wait && { from: Math.floor(wait.fromMs / MINUTE), to: Math.max(1, Math.ceil(wait.toMs / MINUTE)) },
    at,
    code: `T${at.slice(0, 10).replaceAll('-', '')}${taken.number}`,
    passRule: PASS_RULES[context.hall.view().plan.policy.passPolicy],
    remarks: remarksOf(record, taken.by),
    print: record.reprints + 1,
  });
}

function remarksOf(ticket: TicketRecord, by: TakenTicket['by']): string[] {
  const remarks: string[] = [];
  if (ticket.class === 'priority') remarks.push('优先办理');
  if (ticket.class === 'enterprise') remarks.push(`企业绿色通道 共${ticket.batch}件`);
  if (ticket.class === 'pickup') remarks.push('领取证书，请带受理凭证和身份证件');
  if (ticket.slot) {
    const [from, to] = [ticket.slot.from, ticket.slot.to].map((each) => hallMinute(Date.parse(each)).slice(11));
    remarks.push(`预约时段 ${from}–${to}`);
  }
  if (ticket.returned?.how === 'back-with-papers') remarks.push('补材料返回，优先安排');
  if (ticket.pinned !== null) remarks.push(`请到${Number(ticket.pinned.slice(1))}号窗口`);
  if (by !== 'hub') remarks.push('网络中断时取号，号码有效');
  return remarks;
}

/** SL2 with the passport behind its QR code. */
export function passSlip(
  context: ServiceContext,
  review: PreReviewOnPaper,
  more: { zone: string; ticketNumber: string | null; passport: string; clerk: PaperClerk | null },
): SlipDocument {
  const catalogue = context.catalogueOf(review.catalogueVersion);
  const document = buildPreReviewPass(
    {
      number: review.number,
      item: findItem(review.itemCode, catalogue)?.name ?? review.itemCode,
      floor: more.zone,
      materials: review.materials
        .filter(({ has }) => has)
        .map(({ code }) => findMaterial(code, catalogue)?.name ?? code),
      at: hallMinute(Date.parse(review.at)),
      clerk: more.clerk,
      ticketNumber: more.ticketNumber,
      passport: more.passport,
    },
    paperContext(context),
  );
  return toSlip(document);
}

/** SL3. With a clerk two copies that are signed, at the self-service machine one. */
export function noticeSlip(
  context: ServiceContext,
  review: PreReviewOnPaper,
  missing: readonly LackedPaper[],
  clerk: PaperClerk | null,
): SlipDocument {
  const catalogue = context.catalogueOf(review.catalogueVersion);
  const document = buildOneTimeNotice(
    {
      number: review.number,
      at: hallMinute(Date.parse(review.at)),
      where: 'pre-review',
      applicants: review.parties.map(({ name }) => ({ name })),
      item: findItem(review.itemCode, catalogue)?.name ?? review.itemCode,
      missing: missing.map(({ name, why, where }) => ({ name, why, where })),
      deskPhone: context.config.papers.phone,
      clerk,
      today: TODAY,
    },
    paperContext(context),
  );
  const slip = toSlip(document);
  return clerk ? slip : { ...slip, copies: 1 };
}
