import type { CaseRecord } from '../../case/types.ts';
import type { Item } from '../../catalogue/types.ts';
import { ITEM_MEANINGS, RIGHT_TYPES } from '../../certificate/codes.ts';
import type { PaperDocument } from '../document.ts';
import { namesOf } from '../parts/parts.ts';
import { buildLossStatement, buildPublicNotice, type PublicNoticeData } from '../publicNotice.ts';
import { buildRejection } from '../rejection.ts';
import { buildSupplementNotice } from '../supplement.ts';
import { asksFor, type CaseFacts, clerkOf, dayOf, headOf, isUnderWay, itemOf, partiesAs } from './facts.ts';

/** Papers of review and approval: SL7, SL12, SL15. */

/** 遗失（灭失）声明已刊发: an item that takes it is a re-issue after a loss. */
const LOSS_PAPER = 'M27';

export function supplementNoticeOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const notice = record.supplements.at(-1);
  if (!notice || record.state !== 'SUPPLEMENT') return null;
  return buildSupplementNotice(
    {
      ...headOf(record, facts),
      missing: notice.missing.map(({ text, why }) => ({ name: text, why })),
      deadline: notice.deadline,
      clerk: clerkOf(notice.by, facts),
      at: dayOf(notice.at),
    },
    facts,
  );
}

export function rejectionOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { rejection } = record;
  if (!rejection) return null;
  const { ground, reason, at } = rejection;
  return buildRejection({ ...headOf(record, facts), ground, reason, remedies: facts.remedies, at: dayOf(at) }, facts);
}

export function publicNoticeOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const notice = record.notices.at(-1);
  if (!notice || record.state !== 'NOTICE') return null;
  const item = itemOf(record, facts);
  const head = headOf(record, facts);
  return buildPublicNotice(
    {
      number: `${head.caseNumber}-${record.notices.length}`,
      purpose: purposeOf(item),
      entries: [
        {
          holder: namesOf(partiesAs(record, 'holder')),
          location: head.location,
          unitNumber: head.unitNumber,
          right: rightName(item),
          area: record.acceptance.property.area ?? '',
        },
      ],
      days: null,
      from: dayOf(notice.at),
      until: notice.until,
      text: notice.text,
    },
    facts,
  );
}

function purposeOf(item: Item | null): PublicNoticeData['purpose'] {
  if (item?.type === 100) return 'first-registration';
  if (item?.type === 400) return 'cancellation';
  return item?.type === 500 ? 'correction' : 'registration';
}

function rightName(item: Item | null): string {
  const { right } = ITEM_MEANINGS[item?.code ?? ''] ?? {};
  return right === undefined ? (item?.name ?? '') : RIGHT_TYPES[right];
}

export function lossStatementOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  if (!isUnderWay(record) || !asksFor(record, facts, LOSS_PAPER)) return null;
  const head = headOf(record, facts);
  return buildLossStatement(
    {
      ...head,
      holder: namesOf(partiesAs(record, 'holder')),
      // To be written by hand: who lost a certificate may not know its number.
      certificate: record.acceptance.property.certificate?.number ?? '＿＿＿＿＿＿＿＿',
      at: facts.at.slice(0, 10),
    },
    facts,
  );
}
