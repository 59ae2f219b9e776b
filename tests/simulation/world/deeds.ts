import { YichuangError } from '../../../contract/errors.ts';
import type { OfficeAdvance, OfficeChange } from '../../../contract/office.ts';
import type { Staff } from '../../../contract/rpc.ts';
import type { FoundCase } from '../../../db/cases.ts';
import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { formatCaseNumber, numberPrefix } from '../../../domain/numbers/caseNumber.ts';
import { STAFF_ROLES, type StaffRole } from '../../../domain/staff/roles.ts';
import { hallDay } from '../../../domain/time/hallTime.ts';
import type { ServiceContext } from '../../../service/context.ts';
import { actOnCase } from '../../../service/office/actOnCase.ts';
import { decisionsHere } from '../../../service/returned/describe.ts';
import { settleReturned } from '../../../service/returned/settle.ts';
import { acceptance } from '../../fixtures/acceptance.ts';
import { Killed } from '../engine/disk.ts';
import { v7 } from '../engine/uuid.ts';
import { PERSON } from './template.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** What people do at a terminal, each within the life of its program; what they are shown is remembered. */

const MISSING = { material: 'M09', text: '抵押合同', why: '缺签字页', arisen: '换了合同' };
export const SUPPLEMENT: OfficeAdvance = {
  transition: 'T15',
  data: { missing: [MISSING], deadline: '2026-12-07' },
};
export const RECEIVED: OfficeAdvance = {
  transition: 'T16',
  data: { received: [{ code: 'M09', form: 'original', copies: 1, pages: 2 }] },
};

const STAFF: Staff = { number: PERSON, name: '示例', roles: Object.keys(STAFF_ROLES) as StaffRole[] };

/** Refusals and silence are answers to a person; anything else is a defect. */
export function isAnswer(error: unknown): boolean {
  return error instanceof YichuangError || error instanceof Killed || isDiskError(error);
}

function isDiskError(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR)/.test(String((error as { code?: unknown }).code));
}

/** 已保存 is shown. */
export function noteSaved(world: World, terminal: Terminal, opId: string, what: string): void {
  world.promises.saved.set(opId, terminal.name);
  world.trace.count('saved');
  world.trace.note(`${terminal.name}: saved ${what}`);
}

/** @returns the id of the case */
export function acceptCase(world: World, terminal: Terminal): string {
  const { store, sync } = runningOf(terminal);
  const window = terminal.id.slice(1);
  const day = hallDay(terminal.now());
  const id = v7();
  const { op, number } = store.ledger.transact(() => {
    const number = formatCaseNumber(day, window, store.cases.lastNumber(numberPrefix(day, window)) + 1);
    const body = acceptance(1, { number, window: terminal.id, catalogueVersion: CATALOGUE.version });
    return { ...store.ledger.append({ kind: 'case.accepted', stream: `case:${id}`, actor: PERSON, body }), number };
  });
  noteSaved(world, terminal, op.op_id, `case ${number}`);
  sync.notify();
  return id;
}

export function openWindow(world: World, terminal: Terminal): void {
  const { store, sync } = runningOf(terminal);
  const stream = `window:${store.ledger.device}`;
  const at = new Date(terminal.now()).toISOString();
  const clerk = { id: PERSON, name: '示例' };
  const body = { terminal: terminal.id, state: 'open' as const, reason: null, clerk, at };
  const { op } = store.ledger.append({ kind: 'window.changed', stream, actor: PERSON, body });
  noteSaved(world, terminal, op.op_id, 'window opened');
  sync.notify();
}

/** A step of a case as a page asks the service for it: at the centre, or alone while that is away. */
export async function actAt(
  world: World,
  terminal: Terminal,
  caseId: string,
  change: OfficeChange,
): Promise<FoundCase> {
  const running = runningOf(terminal);
  const known = running.store.cases.find(caseId);
  if (!known) throw new YichuangError('case-not-found');
  const commandId = v7();
  world.promises.attempted.add(commandId);
  const before = running.store.ledger.head();
  const request = { commandId, caseId, baseVersion: known.record.version, change };
  const found = await actOnCase(contextOf(terminal), STAFF, request);
  const own = running.store.ledger
    .readAfter(before.seq, 100)
    .find(({ kind, stream }) => kind === 'case.advanced' && stream === `case:${caseId}`);
  const what = change.kind === 'advance' ? change.advance.transition : change.kind;
  noteSaved(
    world,
    terminal,
    own?.op_id ?? commandId,
    `${what} of ${found.record.acceptance.number}${own ? ' alone' : ''}`,
  );
  return found;
}

/** Somebody at this machine looks at what came back to it, and decides about the first of it. */
export async function settleOne(world: World, terminal: Terminal, again: boolean): Promise<void> {
  const { store } = runningOf(terminal);
  const record = store.returned.open().find(({ device }) => device === store.ledger.device);
  if (!record) return;
  const state = record.caseId === undefined ? null : (store.cases.find(record.caseId)?.record.state ?? null);
  const mayAgain =
    again && record.kind === 'case.advanced' && decisionsHere(record, state, true).includes('done-again');
  const decision = mayAgain ? 'done-again' : 'centre-stands';
  const commandId = v7();
  world.promises.attempted.add(commandId);
  await settleReturned(contextOf(terminal), STAFF, { commandId, id: record.id, decision, note: '已核对' });
  world.trace.count(`returned step settled: ${decision}`);
  world.trace.note(`${terminal.name}: ${record.kind} ${record.id.slice(-4)} settled: ${decision}`);
}

function runningOf({ name, running }: Terminal): NonNullable<Terminal['running']> {
  if (!running) throw new Killed(`${name} does not run`);
  return running;
}

/** As much of a service as a step of a case needs. */
function contextOf(terminal: Terminal): ServiceContext {
  const { store, sync } = runningOf(terminal);
  return {
    config: { terminal: { id: terminal.id } },
    store,
    sync: () => sync,
    catalogueOf: () => CATALOGUE,
    committed: () => sync.notify(),
  } as unknown as ServiceContext;
}
