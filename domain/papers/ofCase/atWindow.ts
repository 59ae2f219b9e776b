import { collectionWords } from '../../case/collecting.ts';
import { TRANSITIONS } from '../../case/transitions.ts';
import type { CaseRecord, Party, PartyRole } from '../../case/types.ts';
import { asksMortgage } from '../../catalogue/asks.ts';
import { findMaterial, REGISTRATION_TYPE_NAMES } from '../../catalogue/catalogue.ts';
import { promiseOf } from '../../catalogue/promise.ts';
import type { Item, MaterialForm } from '../../catalogue/types.ts';
import { buildAcceptance } from '../acceptance.ts';
import type { PaperDocument } from '../document.ts';
import { buildInquiry, COMMON_QUESTIONS, type InquiryQuestion, SPECIAL_QUESTIONS } from '../inquiry.ts';
import { buildOneTimeNotice } from '../oneTimeNotice.ts';
import { joinPapers } from '../parts/join.ts';
import { buildRefusal } from '../refusal.ts';
import { buildWithdrawal } from '../withdrawal.ts';
import {
  applicants,
  asksFor,
  type CaseFacts,
  headOf,
  isTaken,
  itemOf,
  minuteOf,
  partiesAs,
  toPaperParty,
  windowOf,
} from './facts.ts';

/** Papers that the window prints: SL3, SL4, SL5, SL6, SL13. Each answers null while the case has nothing to say on it. */

const FORM_NAMES: Record<MaterialForm, string> = { original: '原件', viewed: '复印件（已核原件）', shared: '数据共享' };
const ROLE_NAMES: Record<PartyRole, string> = { holder: '申请人', obligor: '义务人', agent: '代理人' };
/** 询问记录: which items ask for one stands in the catalogue. */
const INQUIRY_PAPER = 'M28';

export function acceptanceOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  if (!isTaken(record)) return null;
  const { acceptance } = record;
  const item = itemOf(record, facts);
  return buildAcceptance(
    {
      ...headOf(record, facts),
      registrationType: item?.type ? REGISTRATION_TYPE_NAMES[item.type] : '—',
      limit: limitOf(record, item),
      promisedBy: facts.promisedBy ?? '—',
      parties: acceptance.parties.map((party) => ({ ...toPaperParty(party), role: ROLE_NAMES[party.role] })),
      materials: acceptance.materials.map(({ code, form, copies }) => ({
        name: findMaterial(code, facts.catalogue)?.name ?? code,
        form: FORM_NAMES[form],
        copies: form === 'shared' ? 0 : copies,
      })),
      window: windowOf(acceptance.window),
      collection: collectionWords(acceptance).join('；'),
    },
    facts,
  );
}

function limitOf({ acceptance }: CaseRecord, item: Item | null): string {
  const limit = item && promiseOf(item, acceptance.projectKind);
  if (!limit) return '—';
  return limit.unit === 'minutes' ? `${limit.amount}分钟（工作时间内）` : `${limit.amount}个工作日`;
}

export function refusalOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { refusal, acceptance } = record;
  if (!refusal || isTaken(record)) return null;
  const head = headOf(record, facts);
  return buildRefusal(
    {
      ...head,
      number: acceptance.number,
      appliedAt: head.acceptedAt,
      reason: refusal.reason,
      missing: refusal.missing.map(({ text, why, where }) => [text, why, where].filter(Boolean).join('：')),
      competentRegistrar: refusal.competentRegistrar ?? null,
      remedies: facts.remedies,
      at: facts.at.slice(0, 10),
    },
    facts,
  );
}

/** Of an application that was not taken because papers are missing: what to bring, beside the formal notice. */
export function oneTimeNoticeOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { refusal, acceptance } = record;
  if (refusal?.ground !== 'incomplete' || refusal.missing.length === 0 || isTaken(record)) return null;
  return buildOneTimeNotice(
    {
      ...headOf(record, facts),
      number: acceptance.number,
      where: 'window',
      missing: refusal.missing.map(({ text, why, where = '' }) => ({ name: text, why, where })),
      deskPhone: facts.phone,
      at: facts.at,
    },
    facts,
  );
}

/** One record for each person who can be asked; an organisation speaks by its agent. Answers are written by hand. */
export function inquiryOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const item = itemOf(record, facts);
  if (!isTaken(record) || !item || !asksFor(record, facts, INQUIRY_PAPER)) return null;
  const hasAgent = partiesAs(record, 'agent').length > 0;
  const asked = record.acceptance.parties.filter((party) => party.kind === 'person' || !hasAgent);
  const records = asked.map((party) =>
    buildInquiry(
      {
        ...headOf(record, facts),
        at: minuteOf(record.acceptedAt),
        place: windowOf(record.acceptance.window),
        asked: toPaperParty(party),
        role: roleOf(party),
        questions: [...COMMON_QUESTIONS, ...specialQuestions(item)],
        answers: {},
      },
      facts,
    ),
  );
  return joinPapers(records);
}

function roleOf({ role }: Party): string {
  return role === 'holder' ? '权利人（申请人）' : ROLE_NAMES[role];
}

/** By the papers that the item takes: a new item of the catalogue needs no code. */
function specialQuestions(item: Item): InquiryQuestion[] {
  const takes = (...codes: string[]): boolean => item.materials.some(({ material }) => codes.includes(material));
  return [
    ...(asksMortgage(item) ? SPECIAL_QUESTIONS.mortgage : []),
    ...(takes('M20') ? SPECIAL_QUESTIONS.inheritance : []),
    ...(item.type === 600 ? SPECIAL_QUESTIONS.objection : []),
    ...(takes('M27') ? SPECIAL_QUESTIONS.loss : []),
    ...(takes('M21') ? SPECIAL_QUESTIONS.divorce : []),
  ];
}

/** The form to be signed before T40, and again afterwards with what was entered. */
export function withdrawalOf(record: CaseRecord, facts: CaseFacts): PaperDocument | null {
  const { state, payments, history } = record;
  if (!TRANSITIONS.T40.from.includes(state) && state !== 'WITHDRAWN') return null;
  const held = payments.reduce((sum, each) => sum + (each.kind === 'paid' ? each.amountFen : -each.amountFen), 0);
  return buildWithdrawal(
    {
      ...headOf(record, facts),
      applicants: applicants(record).map(toPaperParty),
      reason: history.findLast(({ step }) => step === 'T40')?.note ?? '',
      refund: held > 0 ? { amountFen: held, account: '' } : null,
    },
    facts,
  );
}
