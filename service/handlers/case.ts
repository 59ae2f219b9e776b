import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput, MethodParams } from '../../contract/rpc.ts';
import { findVisitProblem } from '../../domain/appointment/homeVisit.ts';
import { type AcceptanceDraft, findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import { isLinkedLoan } from '../../domain/case/lanes.ts';
import { ENTRUSTED_PATH, TICKET_PATH, WALK_IN_PATH } from '../../domain/case/paths.ts';
import type { TransitionId } from '../../domain/case/transitions.ts';
import type { Acceptance, CaseRecord, Party } from '../../domain/case/types.ts';
import { type Asked, asksOf } from '../../domain/catalogue/asks.ts';
import { findItem } from '../../domain/catalogue/catalogue.ts';
import { asksProjectKind } from '../../domain/catalogue/promise.ts';
import type { Catalogue, Item } from '../../domain/catalogue/types.ts';
import { parseName } from '../../domain/identity/name.ts';
import { formatCaseNumber, type NumberKind, numberPrefix } from '../../domain/numbers/caseNumber.ts';
import { parseCertificateNumber } from '../../domain/numbers/certificateNumber.ts';
import { parseUnitNumber } from '../../domain/numbers/unitNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { findCase } from '../findCase.ts';
import { attachHeldScans } from '../scans.ts';
import { summarise } from '../summary.ts';

/** The unfinished form of this terminal; one, because one clerk has one person in front. */
const DRAFT_NAME = 'acceptance';

export const caseHandlers: Handlers<'draft.save' | 'draft.load' | 'case.accept' | 'case.get' | 'case.search'> = {
  'draft.save': ({ context, params }) => {
    saveDraft(context, params.draft);
    return {};
  },
  'draft.load': ({ context }) => ({ draft: context.store.local.loadDraft(DRAFT_NAME) }),

  'case.accept': ({ context, connection, params }) => {
    const { store, sessions } = context;
    const { staff } = sessions.require(connection);
    if (!staff.roles.includes('WIN')) throw new YichuangError('forbidden');
    const before = store.cases.find(params.commandId);
    if (before) return before.record;

    const catalogue = catalogueOfForm(context, params.catalogueVersion);
    const draft = normalise(catalogue, params.draft);
    const day = hallDay(context.now());
    expectVisit(context, draft, staff.number);
    expectTicket(context, draft);
    const problems = findAcceptanceProblems(draft, day, {
      catalogue,
      counter: context.config.terminal,
    });
    if (problems.length > 0) throw new YichuangError('acceptance-incomplete', { details: { problems } });

    const stream = `case:${params.commandId}`;
    const { entity } = store.ledger.transact(() => {
      const body = buildAcceptance(context, catalogue, draft, day, { id: staff.number, name: staff.name });
      const appended = store.ledger.append({ kind: 'case.accepted', stream, actor: staff.number, body });
      attachHeldScans(context, params.commandId, staff.number);
      saveDraft(context, null);
      return appended;
    });
    context.committed([stream]);
    return { ...(entity.record as CaseRecord), slips: [] };
  },

  'case.get': ({ context, params }) => {
    const found = findCase(context, params.id);
    const notes = context.store.cases.notesOf(found.record.id);
    return { record: found.record, summary: summarise(context, found), notes, linked: linkedOf(context, found.record) };
  },

  'case.search': ({ context, params }) => {
    const { rows, total } = context.store.cases.search(params.text, params.limit);
    return { rows: rows.map((row) => summarise(context, row)), total };
  },
};

/** A loan is paid out when one of these stands in the register (domain.md §2.9). */
function linkedOf(context: ServiceContext, loan: CaseRecord): MethodOutput<'case.get'>['linked'] {
  if (!isLinkedLoan(loan.acceptance.itemCode)) return [];
  return context.store.cases.linkedTo(loan).map((found) => {
    const { id, number, itemName, state } = summarise(context, found);
    return { id, number, itemName, state, booked: found.record.bookedAt !== null };
  });
}

export function saveDraft({ store, now }: ServiceContext, draft: Record<string, unknown> | null): void {
  store.local.saveDraft(DRAFT_NAME, draft, new Date(now()).toISOString());
}

/** Runs inside the transaction that stores the case: the number is consumed there or not at all (domain.md §4.8). */
export function buildAcceptance(
  context: ServiceContext,
  catalogue: Catalogue,
  draft: AcceptanceDraft,
  day: string,
  clerk: Acceptance['clerk'],
): Acceptance {
  const { terminal } = context.config;
  const item = findItem(draft.itemCode, catalogue);
  const isEntrusted = item?.applicancy === 'entrusted';
  const kind = item?.business === 'provident-fund' ? 'G' : '';
  return {
    ...draft,
    number: nextNumber(context, terminal.id.slice(1), day, kind),
    catalogueVersion: catalogue.version,
    path: [...pathOf(isEntrusted, draft)],
    source: sourceOf(terminal.place, isEntrusted, draft),
    window: terminal.id,
    ...(item && isSameDay(item) && terminal.greenChannel && { greenChannel: terminal.greenChannel }),
    hall: terminal.hall,
    clerk,
  };
}

/** @throws YichuangError `ticket-unknown`: its number is called again for the pickup, so it must be one of ours */
export function expectTicket({ hall }: ServiceContext, { ticket }: AcceptanceDraft): void {
  if (ticket && hall.ticket(ticket.id)?.number !== ticket.number) throw new YichuangError('ticket-unknown');
}

/**
 * By what this machine knows of the visit, with or without the hub.
 * @param clerk staff number of whoever takes the case in
 * @throws YichuangError why the case is not of this home visit; nobody at home holds a number
 */
export function expectVisit(
  { store, config }: ServiceContext,
  { appointment, ticket }: AcceptanceDraft,
  clerk: string,
): void {
  if (appointment === undefined) return;
  if (ticket) throw new YichuangError('bad-input', { details: { fields: ['draft.ticket'] } });
  const held = store.hall.read('appointment', appointment);
  const record = held?.type === 'appointment' ? held.record : null;
  const problem = findVisitProblem(record, { terminal: config.terminal.id, clerk });
  if (problem !== null) throw new YichuangError(problem);
}

/** Entrusted items are served at once, whoever holds a number (domain.md §3.4, T43); so is whoever is visited (T44). */
function pathOf(isEntrusted: boolean, { ticket, appointment }: AcceptanceDraft): readonly TransitionId[] {
  if (appointment !== undefined) return WALK_IN_PATH;
  if (isEntrusted) return ENTRUSTED_PATH;
  return ticket ? TICKET_PATH : WALK_IN_PATH;
}

/** 当天申请、当天办结 is promised to enterprises for mortgages of the 60 minutes (S37, domain.md §1.7 X1). */
function isSameDay(item: Item): boolean {
  return Boolean(asksOf(item).mortgage) && !('byProjectKind' in item.promise) && item.promise.unit === 'minutes';
}

/** 项目来源, from where the terminal stands. */
const SOURCES = { hall: 'window', 'pf-hall': 'pf-hall', branch: 'branch' } as const;

function sourceOf(
  place: keyof typeof SOURCES,
  isEntrusted: boolean,
  { appointment }: AcceptanceDraft,
): Acceptance['source'] {
  if (appointment !== undefined) return 'home-visit';
  return isEntrusted ? 'entrusted' : SOURCES[place];
}

function nextNumber(context: ServiceContext, terminal: string, day: string, kind: NumberKind): string {
  try {
    const last = context.store.cases.lastNumber(numberPrefix(day, terminal, kind));
    return formatCaseNumber(day, terminal, last + 1, kind);
  } catch (cause) {
    throw new YichuangError('numbers-exhausted', { cause });
  }
}

/**
 * The catalogue a form was filled in by. It may have been followed by a newer one since; one that has not begun is no
 * reason to accept by it.
 */
export function catalogueOfForm(context: ServiceContext, version: string | undefined): Catalogue {
  if (version === undefined) return context.catalogueInForce();
  const known = context.catalogueOf(version);
  return known.validFrom <= hallDay(context.now()) ? known : context.catalogueInForce();
}

/** Parts of a draft that only some items ask for, and for which each answers. */
const DETAILS = {
  coOwnership: 'shares',
  priceFen: 'price',
  mortgage: 'mortgage',
  seal: 'seal',
  objection: 'objection',
} as const satisfies Partial<Record<keyof AcceptanceDraft, Asked>>;

/** Trimmed, numbers in their one form, and without what the item does not ask for. */
export function normalise(
  catalogue: Catalogue,
  { projectKind, ...draft }: MethodParams<'case.accept'>['draft'],
): AcceptanceDraft {
  const unit = draft.property.unitNumber === undefined ? null : parseUnitNumber(draft.property.unitNumber);
  const { certificate } = draft.property;
  const parsed = certificate === undefined ? null : parseCertificateNumber(certificate.number);
  const item = findItem(draft.itemCode, catalogue);
  const asks = item ? asksOf(item) : {};
  const kept = Object.fromEntries(
    Object.entries(draft).filter(([name]) => !isDetail(name) || asks[DETAILS[name]] !== undefined),
  ) as typeof draft;
  return {
    ...kept,
    ...(projectKind !== undefined && item && asksProjectKind(item) && { projectKind }),
    parties: draft.parties.map((party) => ({
      ...party,
      name: nameOf(party),
      idNumber: party.idNumber.trim().toUpperCase(),
    })),
    property: {
      ...draft.property,
      location: draft.property.location.trim(),
      ...(unit !== null && { unitNumber: unit.ok ? unit.number : draft.property.unitNumber }),
      ...(parsed !== null && {
        certificate: parsed.ok ? { number: parsed.number, legacy: parsed.legacy } : certificate,
      }),
    },
  };
}

function nameOf({ name, kind }: Pick<Party, 'name' | 'kind'>): string {
  const parsed = parseName(name, kind);
  return parsed.ok ? parsed.name : name.trim();
}

function isDetail(name: string): name is keyof typeof DETAILS {
  return Object.hasOwn(DETAILS, name);
}
