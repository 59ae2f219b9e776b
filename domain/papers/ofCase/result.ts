import { isToBeCollected } from '../../case/collecting.ts';
import type { Handover } from '../../case/progress.ts';
import type { CaseRecord } from '../../case/types.ts';
import type { PaperDocument } from '../document.ts';
import { buildExpressSlip } from '../expressSlip.ts';
import { buildIssueRecord, type IssuedCertificate } from '../issueRecord.ts';
import { namesOf } from '../parts/parts.ts';
import { buildPickupNotice } from '../pickup.ts';
import { buildTransferList, type TransferredCase } from '../transferList.ts';
import { spoiledBlanksRegister } from './blanksOfDay.ts';
import { type CaseFacts, clerkOf, headOf, minuteOf, partiesAs, unitOf, windowOf } from './facts.ts';

/** What the registration gave rise to, and where it went: SL10, SL11, SL14, SL16, SL18. */

export function pickupNoticeOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  if (!isToBeCollected(record)) return null;
  const { acceptance, pickup, history } = record;
  const readyAt = history.findLast(({ step }) => step === 'T31')?.at ?? record.acceptedAt;
  return buildPickupNotice(
    {
      ...headOf(record, facts),
      ticket: '',
      window: windowOf(pickup?.window ?? acceptance.window),
      readyAt: minuteOf(readyAt),
    },
    facts,
  );
}

export function issueRecordOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { handover, certificates } = record;
  if (!handover || certificates.length === 0) return null;
  const receiver = receiverOf(handover);
  return buildIssueRecord(
    {
      ...headOf(record, facts),
      issuedAt: minuteOf(handover.at),
      printedBy: clerkOf(certificates[0]?.printedBy ?? '', facts),
      issuedBy: clerkOf(handover.by, facts),
      certificates: certificates.map(({ number, blank, holders }) => ({
        number,
        serial: blank ?? '',
        holder: holders.join('、'),
        receiver,
      })),
      slipReturned: handover.slipReturned,
    },
    facts,
  );
}

/** Whose identity the carrier checks is not known here. */
function receiverOf({ receiver, express }: Handover): IssuedCertificate['receiver'] {
  if (!receiver) return { name: `${express?.receiver ?? ''}（快递）`, kind: 'person', idNumber: '' };
  return {
    name: receiver.name,
    kind: receiver.idKind === 'credit-code' ? 'organisation' : 'person',
    idNumber: receiver.idNumber,
  };
}

/** While the parcel is on its way (T36); once it is received nobody needs the address on paper again. */
export function expressSlipOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { state, handover, certificates } = record;
  if (state !== 'SHIPPED' || !handover?.express) return null;
  return buildExpressSlip(
    {
      caseNumber: record.acceptance.number,
      ...handover.express,
      certificates: certificates.map(({ kind, number, blank }) => ({ kind, number, serial: blank ?? '' })),
      sentAt: minuteOf(handover.at),
      sentBy: clerkOf(handover.by, facts),
    },
    facts,
  );
}

/** The whole list that the case went to the archive with. */
export function transferListOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { archive, history } = record;
  if (!archive) return null;
  const by = history.findLast(({ step }) => step === 'T39')?.by ?? '';
  const others = facts.transferred(archive.list).filter(({ id }) => id !== record.id);
  const cases = [record, ...others].sort((a, b) => a.acceptance.number.localeCompare(b.acceptance.number));
  return buildTransferList(
    {
      number: archive.list,
      from: '综合窗口',
      to: '档案室',
      cases: cases.map(toTransferred),
      handedBy: clerkOf(by, facts),
      at: minuteOf(archive.at),
    },
    facts,
  );
}

function toTransferred(record: CaseRecord): TransferredCase {
  const { acceptance, certificates } = record;
  return {
    caseNumber: acceptance.number,
    holder: namesOf(partiesAs(record, 'holder')),
    unitNumber: unitOf(record),
    location: acceptance.property.location,
    serial: certificates.flatMap(({ blank }) => blank ?? []).join('\n'),
    certificate: certificates.map(({ number }) => number).join('\n'),
  };
}

/** Blanks that were spoiled for this case (T30, T32). */
export function blankRegisterOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const spoiled = record.certificates.flatMap(({ kind, spoiled }) =>
    spoiled.map(({ blank, ...rest }) => ({
      ...rest,
      serial: blank,
      form: kind,
      window: facts.windowOfBlank(blank) ?? '',
    })),
  );
  return spoiledBlanksRegister(spoiled, record.acceptance.number, facts);
}
