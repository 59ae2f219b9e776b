import { YichuangError } from '../../contract/errors.ts';
import type { MethodParams } from '../../contract/rpc.ts';
import { type AcceptanceDraft, findAcceptanceProblems } from '../../domain/case/acceptanceRules.ts';
import { ENTRUSTED_PATH, WALK_IN_PATH } from '../../domain/case/transitions.ts';
import type { Acceptance, CaseRecord } from '../../domain/case/types.ts';
import { CATALOGUE, findItem } from '../../domain/catalogue/catalogue.ts';
import { asksProjectKind } from '../../domain/catalogue/promise.ts';
import { formatCaseNumber } from '../../domain/numbers/caseNumber.ts';
import { parseCertificateNumber } from '../../domain/numbers/certificateNumber.ts';
import { parseUnitNumber } from '../../domain/numbers/unitNumber.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Handlers, ServiceContext } from '../context.ts';
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

    const draft = normalise(params.draft);
    const day = hallDay(context.now());
    const problems = findAcceptanceProblems(draft, day);
    if (problems.length > 0) throw new YichuangError('acceptance-incomplete', { details: { problems } });

    const stream = `case:${params.commandId}`;
    const { entity } = store.ledger.transact(() => {
      const body = buildAcceptance(context, draft, day, { id: staff.number, name: staff.name });
      const appended = store.ledger.append({ kind: 'case.accepted', stream, actor: staff.number, body });
      attachHeldScans(context, params.commandId, staff.number);
      saveDraft(context, null);
      return appended;
    });
    context.committed([stream]);
    return { ...(entity.record as CaseRecord), slips: [] };
  },

  'case.get': ({ context, params }) => {
    const found = context.store.cases.find(params.id);
    if (!found) throw new YichuangError('case-not-found');
    return { record: found.record, summary: summarise(context, found) };
  },

  'case.search': ({ context, params }) => {
    const { rows, total } = context.store.cases.search(params.text, params.limit);
    return { rows: rows.map((row) => summarise(context, row)), total };
  },
};

export function saveDraft({ store, now }: ServiceContext, draft: Record<string, unknown> | null): void {
  store.local.saveDraft(DRAFT_NAME, draft, new Date(now()).toISOString());
}

/** Runs inside the transaction that stores the case: the number is consumed there or not at all (domain.md §4.8). */
export function buildAcceptance(
  context: ServiceContext,
  draft: AcceptanceDraft,
  day: string,
  clerk: Acceptance['clerk'],
): Acceptance {
  const { terminal } = context.config;
  const isEntrusted = findItem(draft.itemCode)?.applicancy === 'entrusted';
  return {
    ...draft,
    number: nextNumber(context, terminal.id.slice(1), day),
    catalogueVersion: CATALOGUE.version,
    path: [...(isEntrusted ? ENTRUSTED_PATH : WALK_IN_PATH)],
    source: isEntrusted ? 'entrusted' : 'window',
    window: terminal.id,
    hall: terminal.hall,
    clerk,
  };
}

function nextNumber(context: ServiceContext, terminal: string, day: string): string {
  try {
    return formatCaseNumber(day, terminal, context.store.cases.lastNumber(terminal, day) + 1);
  } catch (cause) {
    throw new YichuangError('numbers-exhausted', { cause });
  }
}

export function normalise({ projectKind, ...draft }: MethodParams<'case.accept'>['draft']): AcceptanceDraft {
  const unit = draft.property.unitNumber === undefined ? null : parseUnitNumber(draft.property.unitNumber);
  const { certificate } = draft.property;
  const parsed = certificate === undefined ? null : parseCertificateNumber(certificate.number);
  const item = findItem(draft.itemCode);
  return {
    ...draft,
    ...(projectKind !== undefined && item && asksProjectKind(item) && { projectKind }),
    parties: draft.parties.map((party) => ({
      ...party,
      name: party.name.trim(),
      idNumber: party.idNumber.trim().toUpperCase(),
    })),
    property: {
      location: draft.property.location.trim(),
      ...(unit !== null && { unitNumber: unit.ok ? unit.number : draft.property.unitNumber }),
      ...(parsed !== null && {
        certificate: parsed.ok ? { number: parsed.number, legacy: parsed.legacy } : certificate,
      }),
    },
  };
}
