import type { Bridge } from '../../contract/bridge.ts';
import { isErrorCode, YichuangError } from '../../contract/errors.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/rpc.ts';
import type { RpcClient, ServiceState } from './client.ts';
import { Listeners } from './listeners.ts';

/** RPC through the preload bridge. Deadlines are kept by the main process, which knows the method table. */
export function createBridgeClient(bridge: Bridge): RpcClient {
  const listeners = new Listeners();
  listeners.setState('up');
  bridge.onEvent((event, payload) => {
    if (event === 'service.state') listeners.setState((payload as { state: ServiceState }).state);
    listeners.emit(event, payload);
  });

  return {
    async call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
      const answer = await bridge.call(method, input);
      if (answer.ok) return answer.value as MethodOutput<M>;
      const code = isErrorCode(answer.code) ? answer.code : 'internal';
      throw new YichuangError(code, { message: answer.message, details: answer.details });
    },
    on: (event, listener) => listeners.on(event, listener),
    state: () => listeners.state(),
    onState: (listener) => listeners.onState(listener),
  };
}
