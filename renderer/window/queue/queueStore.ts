import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MethodInput, MethodName, MethodOutput } from '../../../contract/rpc.ts';
import { currentCall } from '../../../domain/queue/reduceTicket.ts';
import type { CallPurpose, TicketRecord } from '../../../domain/queue/ticketTypes.ts';
import { type Failure, toFailure } from '../../app/failure.ts';
import type { RpcClient } from '../../rpc/client.ts';
import type { Block, QueueState } from './verbs.ts';

type QueueMethod = Extract<MethodName, `queue.${string}`>;
/** Commands that answer with the ticket as they left it. */
type TicketMethod = {
  [M in QueueMethod]: MethodOutput<M> extends { ticket: TicketRecord | null } ? M : never;
}[QueueMethod];
type Command = { commandId: string };
/** What is asked, for a command of this id. */
type Asked<M extends MethodName> = (of: Command) => MethodInput<M>;

/** What the strip says of the last press. */
export type Said =
  | { kind: 'blocked'; block: Block }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'done'; what: SaidDone; number: string; times?: number }
  | { kind: 'nobody'; emergency: boolean };

export type SaidDone =
  | 'called'
  | 'calledPickup'
  | 'recalled'
  | 'arrived'
  | 'finished'
  | 'passed'
  | 'passedVoid'
  | 'held'
  | 'transferred'
  | 'sentBack'
  | 'voided'
  | 'dropped'
  | 'paused'
  | 'reopened';

export interface QueueStoreState {
  /** Null until the service has said, and while it cannot. */
  state: QueueState | null;
  busy: boolean;
  said: Said | null;
  load(): Promise<void>;
  callNext(purpose?: CallPurpose): Promise<TicketRecord | null>;
  callBack(ticketId: string, purpose: CallPurpose): Promise<TicketRecord | null>;
  recall(): Promise<void>;
  arrive(): Promise<boolean>;
  noShow(): Promise<TicketRecord | null>;
  finish(): Promise<TicketRecord | null>;
  hold(reason: string): Promise<TicketRecord | null>;
  transfer(to: Pick<MethodInput<'queue.transfer'>, 'queue' | 'to' | 'reason'>): Promise<TicketRecord | null>;
  sendBack(reason: string): Promise<TicketRecord | null>;
  void(input: Pick<MethodInput<'queue.void'>, 'reason' | 'note'>): Promise<TicketRecord | null>;
  dropPickup(ticketId: string, caseId: string): Promise<boolean>;
  /** @param reason null: open again */
  pause(reason: string | null): Promise<boolean>;
  /** @returns the numbers that contradict what is known; null when it was not taken */
  catchUp(rows: MethodInput<'queue.catchUp'>['rows']): Promise<string[] | null>;
  say(said: Said | null): void;
}

export type QueueStore = StoreApi<QueueStoreState>;

/** No answer is no refusal: what was asked may have been done, so asking again is the same command. */
const UNANSWERED = new Set(['deadline', 'service-restarting', 'internal']);

/** The queue as the service tells it, and the clerk's commands, one at a time: a press while one is under way is none. */
export function createQueue(client: RpcClient, uuid: () => string): QueueStore {
  /** Commands whose answer never came, by what they asked. */
  const unanswered = new Map<string, string>();
  let isLoading = false;
  let isStale = false;

  const store = createStore<QueueStoreState>()((set, get) => {
    async function command<M extends QueueMethod>(method: M, asked: Asked<M>): Promise<MethodOutput<M> | null> {
      if (get().busy) return null;
      set({ busy: true, said: null });
      const key = JSON.stringify([method, asked({ commandId: '' })]);
      const commandId = unanswered.get(key) ?? uuid();
      try {
        const answer = await client.call(method, asked({ commandId }));
        // What is known to be done now settles whatever was asked before it.
        unanswered.clear();
        set({ busy: false });
        void get().load();
        return answer;
      } catch (error) {
        const failure = toFailure(error);
        if (UNANSWERED.has(failure.code)) unanswered.set(key, commandId);
        else unanswered.delete(key);
        set({ busy: false, said: { kind: 'failed', failure } });
        void get().load();
        return null;
      }
    }

    /** The answer is shown at once; the state that is asked for follows. */
    async function about<M extends TicketMethod>(
      method: M,
      asked: Asked<M>,
      what: SaidDone | ((ticket: TicketRecord) => SaidDone),
    ): Promise<TicketRecord | null> {
      const answer = (await command(method, asked)) as { ticket: TicketRecord | null } | null;
      if (answer === null) return null;
      const { ticket } = answer;
      if (ticket === null) {
        set({ said: { kind: 'nobody', emergency: get().state?.mode === 'emergency' } });
        return null;
      }
      const times = currentCall(ticket)?.times;
      set(({ state }) => ({
        state: state && withTicket(state, ticket),
        said: {
          kind: 'done',
          what: typeof what === 'string' ? what : what(ticket),
          number: ticket.number,
          ...(times !== undefined && { times }),
        },
      }));
      return ticket;
    }

    const ticketId = (): string | null => get().state?.current?.id ?? null;
    async function ofCurrent<M extends TicketMethod>(
      method: M,
      asked: (of: Command & { ticketId: string }) => MethodInput<M>,
      what: SaidDone | ((ticket: TicketRecord) => SaidDone),
    ): Promise<TicketRecord | null> {
      const id = ticketId();
      return id === null ? null : about(method, (of) => asked({ ...of, ticketId: id }), what);
    }

    return {
      state: null,
      busy: false,
      said: null,
      async load() {
        if (isLoading) {
          isStale = true;
          return;
        }
        isLoading = true;
        try {
          set({ state: await client.call('queue.state', {}) });
        } catch {
          // What is shown stays; the next change, or the service coming back, asks again.
        } finally {
          isLoading = false;
        }
        if (!isStale) return;
        isStale = false;
        await get().load();
      },
      callNext: (purpose) =>
        about('queue.callNext', (of) => ({ ...of, ...(purpose !== undefined && { purpose }) }), saidOfCall),
      callBack: (id, purpose) => about('queue.callBack', (of) => ({ ...of, ticketId: id, purpose }), saidOfCall),
      recall: async () => {
        await ofCurrent('queue.recall', (of) => of, 'recalled');
      },
      arrive: async () => (await ofCurrent('queue.arrive', (of) => of, 'arrived')) !== null,
      noShow: () =>
        ofCurrent(
          'queue.noShow',
          (of) => of,
          ({ state }) => (state === 'VOIDED' ? 'passedVoid' : 'passed'),
        ),
      finish: () => ofCurrent('queue.finish', (of) => of, 'finished'),
      hold: (reason) => ofCurrent('queue.hold', (of) => ({ ...of, reason }), 'held'),
      transfer: (to) => ofCurrent('queue.transfer', (of) => ({ ...of, ...to }), 'transferred'),
      sendBack: (reason) => ofCurrent('queue.sendBack', (of) => ({ ...of, reason }), 'sentBack'),
      void: (input) => ofCurrent('queue.void', (of) => ({ ...of, ...input }), 'voided'),
      dropPickup: async (id, caseId) =>
        (await about('queue.dropPickup', (of) => ({ ...of, ticketId: id, caseId }), 'dropped')) !== null,
      async pause(reason) {
        const done = await command('queue.pause', (of) => ({ ...of, reason }));
        if (done === null) return false;
        set({ said: { kind: 'done', what: reason === null ? 'reopened' : 'paused', number: '' } });
        return true;
      },
      async catchUp(rows) {
        const answer = await command('queue.catchUp', (of) => ({ ...of, rows }));
        return answer?.doubted ?? null;
      },
      say: (said) => set({ said }),
    };
  });

  client.on('queue.changed', () => void store.getState().load());
  client.on('rating.asked', () => void store.getState().load());
  client.on('rating.over', () => void store.getState().load());
  // A key of the keypad pressed in vain: said where a key of the keyboard would have said it.
  client.on('queue.refused', ({ code, message }) =>
    store.getState().say({ kind: 'failed', failure: { code, message, details: null } }),
  );
  client.onState((state) => {
    if (state === 'up') void store.getState().load();
  });
  return store;
}

function saidOfCall(ticket: TicketRecord): SaidDone {
  return currentCall(ticket)?.purpose === 'pickup' ? 'calledPickup' : 'called';
}

/** The state with this ticket as the command left it. */
function withTicket(state: QueueState, ticket: TicketRecord): QueueState {
  const others = (tickets: readonly TicketRecord[]): TicketRecord[] => tickets.filter(({ id }) => id !== ticket.id);
  const call = currentCall(ticket);
  const isHere = call !== null && (state.window === null || call.terminal === state.window.terminal);
  const isCurrent = isHere || state.current?.id === ticket.id;
  return {
    ...state,
    current: isCurrent ? (isHere ? ticket : null) : state.current,
    held: ticket.state === 'HELD' ? [...others(state.held), ticket] : others(state.held),
    pickups: state.pickups.map((each) => (each.id === ticket.id ? ticket : each)),
    passed: call ? others(state.passed) : state.passed,
  };
}
