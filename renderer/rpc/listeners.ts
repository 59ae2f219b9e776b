import type { EventName, EventPayload } from '../../contract/rpc.ts';
import type { ServiceState } from './client.ts';

type Heard = (payload: unknown) => void;

/** Event listeners and the connection state shared by both transports. */
export class Listeners {
  #events = new Map<string, Set<Heard>>();
  #states = new Set<(state: ServiceState) => void>();
  #state: ServiceState = 'connecting';

  state(): ServiceState {
    return this.#state;
  }

  setState(state: ServiceState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#states]) listener(state);
  }

  onState(listener: (state: ServiceState) => void): () => void {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    // The service validates what it sends (contract/rpc.ts); the page trusts its own service.
    const heard: Heard = (payload) => listener(payload as EventPayload<E>);
    const set = this.#events.get(event) ?? new Set<Heard>();
    this.#events.set(event, set);
    set.add(heard);
    return () => set.delete(heard);
  }

  emit(event: string, payload: unknown): void {
    for (const listener of [...(this.#events.get(event) ?? [])]) listener(payload);
  }
}
