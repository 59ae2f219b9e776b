import type { EventName, EventPayload, MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';

/** `restarting`: the service is away and expected back; typed data stays in the page. `failed`: it gave up. */
export type ServiceState = 'connecting' | 'up' | 'restarting' | 'failed';

/**
 * The page's side of the RPC contract. Two implementations: the Electron bridge and WebSocket; nothing else in the
 * pages knows which one is used.
 */
export interface RpcClient {
  /** @throws YichuangError with a stable code, the clerk's sentence and details */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** @returns a function that ends the subscription */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  state(): ServiceState;
  /** Called on every change; the first `up` after a gap means: say hello and subscribe again. */
  onState(listener: (state: ServiceState) => void): () => void;
}
