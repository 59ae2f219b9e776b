import { YichuangError } from '../../contract/errors.ts';
import { closedAtOf } from '../../domain/case/caseTime.ts';
import { windowGroupOf } from '../../domain/case/windowGroup.ts';
import type { CaseNote } from '../../domain/ledger/op.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { Call, Handlers, ServiceContext } from '../context.ts';
import { summarise } from '../summary.ts';

/** The window's own list, and what it writes beside a case. */
export const windowHandlers: Handlers<'case.mine' | 'case.unmask' | 'case.note'> = {
  'case.mine': ({ context }) => {
    const { store, config, now } = context;
    const today = hallDay(now());
    const found = store.cases.ofTerminal(config.terminal.id.slice(1), today).filter(({ record }) => {
      if (windowGroupOf(record.state) !== 'closed') return true;
      const closedAt = closedAtOf(record);
      return closedAt !== null && hallDay(closedAt) === today;
    });
    return { rows: found.map((each) => summarise(context, each)) };
  },
  'case.unmask': ({ context, connection, params: { caseId, reason } }) =>
    note(context, connection, { caseId, kind: 'unmasked', text: reason }),
  'case.note': ({ context, connection, params }) => note(context, connection, params),
};

function note(context: ServiceContext, connection: Call<'case.note'>['connection'], body: CaseNote) {
  const { staff } = context.sessions.require(connection);
  const { store } = context;
  if (!store.cases.find(body.caseId)) throw new YichuangError('case-not-found');
  store.ledger.append({ kind: 'note.added', stream: `note:${context.newId()}`, actor: staff.number, body });
  context.committed([`case:${body.caseId}`]);
  return {};
}
