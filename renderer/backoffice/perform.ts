import { findTask } from '../../domain/case/workList.ts';
import { groupCaseNumber } from '../app/format.ts';
import { t } from '../strings/index.ts';
import type { Office } from './office.ts';
import type { Change, OfficeStore, OpenTask } from './officeStore.ts';
import type { Doing } from './plan.ts';
import type { PrintAct } from './sendPrint.ts';

/** Does an act of the open case, or asks first what it needs. The caller has looked whether it may be done. */
export async function perform(office: Office, { how, label }: Doing): Promise<void> {
  if ('dialog' in how) office.store.getState().setDialog(how.dialog);
  else if ('archive' in how) await archive(office, how.archive);
  else if ('print' in how) await runPrint(office, how.print, label);
  else await run(office, how.change, label);
}

/** @returns whether it was done; else `actFailure` says why, and the case is read again */
export async function run({ app, store }: Office, change: Change, label: string): Promise<boolean> {
  const { open, act } = store.getState();
  if (!open) return false;
  const answer = await act(open.record, change);
  if (!answer) {
    noteFailed({ app, store }, open);
    void store.getState().refresh(open.record.id);
    return false;
  }
  const { record, summary } = answer;
  // A task that is done may still be on the list, for what only this lane may do next; it is not gone on with now.
  const isOurs =
    findTask(record, open.lane, new Date().toISOString()) !== null && record.lanes[open.lane].state !== 'DONE';
  const isKept = isOurs && change.kind === 'lane' && change.change.event !== 'release';
  if (isKept || (isOurs && change.kind === 'advance')) {
    const shown = { dialog: null, open: { ...open, record, summary } };
    if (isOpen(store, open)) store.setState({ ...shown, ...(change.kind === 'advance' && { form: {} }) });
  } else {
    const words = summary.place === 'here' || summary.place === 'hall' ? t.office.kept : t.office.finished;
    store.getState().close(record.id);
    store.setState({
      finished: words(groupCaseNumber(summary.number), label),
      left: { caseId: record.id, lane: open.lane },
    });
  }
  await store.getState().load();
  return true;
}

/** An act at the certificate printer; whatever becomes of it, what the printer's journal says is read again. */
export async function runPrint({ app, store }: Office, act: PrintAct, label: string): Promise<boolean> {
  const { open, print } = store.getState();
  if (!open) return false;
  const answer = await print(open.record, act);
  if (!answer) {
    noteFailed({ app, store }, open);
    await store.getState().refresh(open.record.id);
    return false;
  }
  const { summary } = answer;
  if (isOpen(store, open)) store.setState({ dialog: null, form: {} });
  if (answer.record.state === 'PRINTED') {
    const words = summary.place === 'here' || summary.place === 'hall' ? t.office.kept : t.office.finished;
    store.getState().close(open.record.id);
    store.setState({ finished: words(groupCaseNumber(summary.number), label) });
  } else await store.getState().refresh(open.record.id);
  await store.getState().load();
  return true;
}

/** Several cases with one transfer list, one after the other: what one refuses does not hold up the rest. */
async function archive({ app, store }: Office, list: string): Promise<void> {
  const { open, marked, act } = store.getState();
  if (!open) return;
  const ids = [...new Set([open.record.id, ...marked])];
  let failed = 0;
  for (const id of ids) {
    const record = id === open.record.id ? open.record : (await app.client.call('case.get', { id })).record;
    const answer = await act(record, { kind: 'advance', advance: { transition: 'T39', data: { list } } });
    if (!answer) failed += 1;
  }
  const failure = store.getState().actFailure;
  if (failed > 0 && ids.length === 1) {
    noteFailed({ app, store }, open);
    return;
  }
  store.getState().close(open.record.id);
  const done = ids.length - failed;
  const text =
    failed > 0
      ? t.laneArchive.someFailed(done, failed)
      : done === 1
        ? t.office.finished(groupCaseNumber(open.summary.number), t.laneArchive.done)
        : t.laneArchive.together(done);
  store.setState({
    finished: text,
    left: failed < ids.length ? { caseId: open.record.id, lane: open.lane } : null,
    marked: [],
    failure: failed > 0 ? failure : null,
  });
  await store.getState().load();
}

/** Whoever left the case while the centre was asked, or signed out, does not see it come back with the answer. */
function isOpen(store: OfficeStore, { record }: OpenTask): boolean {
  return store.getState().open?.record.id === record.id;
}

/** Said beside the case, or above the list when the case was left meanwhile. */
function noteFailed({ app, store }: Office, open: OpenTask): void {
  const { actFailure } = store.getState();
  if (actFailure?.code === 'not-signed-in') app.session.getState().forget();
  else if (!isOpen(store, open)) store.setState({ actFailure: null, failure: actFailure });
}
