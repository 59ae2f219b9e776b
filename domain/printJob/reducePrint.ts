import { PRINT_MOVES } from './moves.ts';
import type { PrintChange, PrintJobRecord, PrintRefusal, PrintStepped } from './types.ts';

export interface PrintContext {
  id: string;
  actor: string;
  /** ISO instant of the op. */
  at: string;
  /** The machine that made the op. */
  device: string;
}

/** A job after one op. Only the machine that began it moves it: nobody else knows what its printer was sent. */
export function movePrint(current: PrintJobRecord | null, change: PrintChange, context: PrintContext): PrintStepped {
  const { actor, at, device } = context;
  const { from, to } = PRINT_MOVES[change.kind];
  if (!from.includes(current?.state ?? null)) return refused('illegal-transition');
  if (change.kind === 'print.prepared') return prepare(current, change.body, context);
  if (!current || current.device !== device) return refused('illegal-transition');
  if (change.kind === 'print.dropped' && current.fed) return refused('blank-used');
  if (change.kind === 'print.confirmed' && change.body.serial !== current.blank) return refused('blank-mismatch');
  if (change.kind === 'print.spoiled' && change.body.witness === actor) return refused('two-person');
  const why = 'why' in change.body ? change.body.why : change.kind === 'print.spoiled' ? change.body.reason : null;
  return {
    ok: true,
    record: {
      ...current,
      version: current.version + 1,
      state: to,
      fed: current.fed || to === 'SENDING',
      history: [...current.history, { state: to, at, by: actor, why }],
      spoiled: change.kind === 'print.spoiled' ? { ...change.body, by: actor, at } : current.spoiled,
    },
  };
}

function prepare(
  current: PrintJobRecord | null,
  body: Extract<PrintChange, { kind: 'print.prepared' }>['body'],
  { id, actor, at, device }: PrintContext,
): PrintStepped {
  const isSameSheet =
    !current ||
    (current.device === device &&
      current.blank === body.blank &&
      current.certificate === body.certificate &&
      current.caseId === body.caseId);
  if (!isSameSheet) return refused('illegal-transition');
  const history = [...(current?.history ?? []), { state: 'PREPARED' as const, at, by: actor, why: null }];
  const fed = current?.fed ?? false;
  const preparedAt = current?.preparedAt ?? at;
  const version = (current?.version ?? 0) + 1;
  return {
    ok: true,
    record: {
      ...body,
      id,
      version,
      device,
      operator: actor,
      preparedAt,
      state: 'PREPARED',
      fed,
      history,
      spoiled: null,
    },
  };
}

function refused(code: PrintRefusal): PrintStepped {
  return { ok: false, code };
}
