import { z } from 'zod';
import type { TerminalRole } from '../contract/config.ts';
import { type ErrorCode, YichuangError } from '../contract/errors.ts';
import type { Method } from '../contract/rpc/method.ts';
import { type EventName, type EventTopic, events, isMethodName, type MethodName, methods } from '../contract/rpc.ts';
import { isDamageError } from '../disk/examine.ts';
import { isFullDisk } from '../disk/fullDisk.ts';
import { ReduceError } from '../domain/ledger/reduce.ts';
import { mayScreenCall, standsBeforeCitizen, topicsForCitizen } from './access/citizen.ts';
import type { Call, Handlers, ServiceContext } from './context.ts';
import { blanksHandlers } from './handlers/blanks.ts';
import { boardHandlers } from './handlers/board.ts';
import { caseHandlers } from './handlers/case.ts';
import { catalogueHandlers } from './handlers/catalogue.ts';
import { certificateHandlers } from './handlers/certificate.ts';
import { diagnosisHandlers } from './handlers/diagnosis.ts';
import { doctorHandlers } from './handlers/doctor.ts';
import { hallMachinesHandlers } from './handlers/hallMachines.ts';
import { healthHandlers } from './handlers/health.ts';
import { hubHandlers } from './handlers/hub.ts';
import { machineHandlers } from './handlers/machine.ts';
import { officeHandlers } from './handlers/office.ts';
import { outboxHandlers } from './handlers/outbox.ts';
import { paperSettingsHandlers } from './handlers/paperSettings.ts';
import { paperHandlers } from './handlers/papers.ts';
import { paymentHandlers } from './handlers/payment.ts';
import { preReviewHandlers } from './handlers/preReview.ts';
import { queueHandlers } from './handlers/queue.ts';
import { ratingHandlers } from './handlers/rating.ts';
import { returnedHandlers } from './handlers/returned.ts';
import { scanHandlers } from './handlers/scans.ts';
import { screenHandlers } from './handlers/screen.ts';
import { sessionHandlers } from './handlers/session.ts';
import { slipHandlers } from './handlers/slips.ts';
import { staffHandlers } from './handlers/staff.ts';
import { supervisionHandlers } from './handlers/supervision.ts';
import { visitsHandlers } from './handlers/visits.ts';
import { windowHandlers } from './handlers/window.ts';

const AUDITED_REFUSALS: readonly ErrorCode[] = ['forbidden', 'illegal-transition', 'two-person', 'task-taken'];

type Handled = Exclude<MethodName, 'events.subscribe'>;

const handlers: Handlers<Handled> = {
  ...sessionHandlers,
  ...caseHandlers,
  ...officeHandlers,
  ...blanksHandlers,
  ...certificateHandlers,
  ...scanHandlers,
  ...paymentHandlers,
  ...paperHandlers,
  ...supervisionHandlers,
  ...returnedHandlers,
  ...boardHandlers,
  ...paperSettingsHandlers,
  ...slipHandlers,
  ...staffHandlers,
  ...hubHandlers,
  ...hallMachinesHandlers,
  ...windowHandlers,
  ...queueHandlers,
  ...preReviewHandlers,
  ...screenHandlers,
  ...ratingHandlers,
  ...visitsHandlers,
  ...machineHandlers,
  ...doctorHandlers,
  ...healthHandlers,
  ...diagnosisHandlers,
  ...outboxHandlers,
  ...catalogueHandlers,
};

/** @param params as the method's own schema gave them */
async function handle<M extends Handled>(method: M, call: Omit<Call<M>, 'params'>, params: unknown): Promise<unknown> {
  return handlers[method]({ ...call, params: params as Call<M>['params'] });
}

/**
 * The one door to the use cases, whatever the channel. Order: method known, terminal allowed, signed in with a role of
 * the method, input fits. A call refused here has changed nothing.
 */
export class Dispatcher {
  readonly #context: ServiceContext;
  readonly #topics = new Map<string, Set<EventTopic>>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** @throws YichuangError only */
  async call(connection: string, role: TerminalRole, method: string, input: unknown): Promise<unknown> {
    if (!isMethodName(method)) throw new YichuangError('unknown-method');
    const definition: Method = methods[method];
    if (!definition.roles.includes(role)) throw new YichuangError('forbidden');
    const isCitizen = standsBeforeCitizen(this.#context.config, role, connection);
    if (role === 'screen' && !mayScreenCall(isCitizen, method)) throw new YichuangError('forbidden');
    if (definition.signedIn) {
      const { staff } = this.#context.sessions.require(connection);
      if (!staff.roles.some((each) => definition.staff?.includes(each) ?? true)) {
        const refusal = new YichuangError('forbidden');
        this.#audit(connection, method, refusal, input);
        throw refusal;
      }
    }
    // Reads, and what is only of this machine, go on.
    if (definition.tier !== 'local' && method !== 'hub.state' && this.#context.isChecking())
      throw new YichuangError('data-checking');
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
      throw new YichuangError('bad-input', { details: { fields } });
    }
    if (method === 'events.subscribe') {
      const { topics } = parsed.data as { topics: EventTopic[] };
      this.#topics.set(connection, new Set(isCitizen ? topicsForCitizen(topics) : topics));
      return {};
    }
    try {
      return await handle(method, { context: this.#context, connection, role }, parsed.data);
    } catch (error) {
      if (isDamageError(error)) this.#context.onDamaged();
      if (isFullDisk(error)) this.#context.onFullDisk();
      const described = describeStoreFailure(error);
      if (described instanceof YichuangError) this.#audit(connection, method, described, parsed.data);
      throw described;
    }
  }

  /** What somebody must not do, and tried, stays on record (domain.md §3.4, §7.2). */
  #audit(connection: string, method: MethodName, { code }: YichuangError, input: unknown): void {
    const { sessions, store, config, newId } = this.#context;
    const actor = sessions.get(connection)?.staff.number;
    if (!AUDITED_REFUSALS.includes(code) || actor === undefined) return;
    const caseId = z.object({ caseId: z.uuid() }).safeParse(input).data?.caseId;
    const body = { method, code, terminal: config.terminal.id, ...(caseId !== undefined && { caseId }) };
    store.ledger.append({ kind: 'attempt.refused', stream: `attempt:${newId()}`, actor, body });
    this.#context.committed([]);
  }

  /** Connections an event goes to. Cards go only where somebody is signed in. */
  audience(event: EventName): string[] {
    const { topic } = events[event];
    return [...this.#topics]
      .filter(
        ([connection, topics]) => topics.has(topic) && (topic !== 'identity' || this.#context.sessions.get(connection)),
      )
      .map(([connection]) => connection);
  }

  forget(connection: string): void {
    this.#topics.delete(connection);
  }
}

function describeStoreFailure(error: unknown): unknown {
  if (error instanceof YichuangError) return error;
  if (error instanceof ReduceError) return new YichuangError(error.code, { cause: error });
  const code = (error as { code?: unknown }).code;
  if (isFullDisk(error)) return new YichuangError('store-full', { cause: error });
  if (typeof code === 'string' && code.startsWith('SQLITE_'))
    return new YichuangError('store-failed', { cause: error });
  return error;
}
