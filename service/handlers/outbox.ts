import { CASE_STAFF } from '../../contract/rpc/method.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { OutboxRow } from '../../db/outbox.ts';
import type { Handlers, ServiceContext } from '../context.ts';

type Answer = MethodOutput<'sync.outbox'>;

/** What is on its way, and why it is not there yet. */
export const outboxHandlers: Handlers<'sync.outbox'> = {
  'sync.outbox': ({ context, connection, params: { state, after = null, limit } }) => {
    const { store } = context;
    const names = store.staff.names();
    // Whoever administers the machine sees what is stuck, and no case (domain.md §3.1).
    const seesCases = context.sessions.require(connection).staff.roles.some((role) => CASE_STAFF.includes(role));
    const rows = store.outbox.list(state, after, limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      counts: store.outbox.counts(),
      rows: rows.map(({ stream, caseId, ...row }) => ({
        ...row,
        actorName: names.get(row.actor) ?? null,
        subject: seesCases ? subjectOf(context, { stream, caseId }) : null,
      })),
      next: last ? { epoch: last.epoch, seq: last.seq } : null,
      line: lineOf(context),
    };
  },
};

function lineOf(context: ServiceContext): Answer['line'] {
  const sync = context.sync();
  const trouble = sync?.trouble ?? null;
  return {
    link: sync?.state.link ?? 'not-configured',
    trouble: trouble?.isAskedToWait ? 'asked-to-wait' : (trouble?.kind ?? null),
    nextTryAt: trouble && new Date(trouble.nextTryAt).toISOString(),
    stuck: context.health.isRaised('sync-stuck'),
  };
}

/** By its number, as people call it: whose it is is read where the case is read. */
function subjectOf({ store }: ServiceContext, { stream, caseId }: Pick<OutboxRow, 'stream' | 'caseId'>): Subject {
  if (caseId !== null) {
    const number = store.cases.numberOf(caseId);
    return number === null ? null : { kind: 'case', id: caseId, number };
  }
  const [kind = '', id = ''] = stream.split(':');
  const ticket = kind === 'ticket' ? store.hall.read('ticket', id) : null;
  return ticket?.type === 'ticket' ? { kind: 'ticket', id, number: ticket.record.number } : null;
}

type Subject = Answer['rows'][number]['subject'];
