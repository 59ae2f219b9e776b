import { APP_ORIGIN } from '../../contract/bridge.ts';
import type { TerminalRole } from '../../contract/config.ts';
import { toWireError, YichuangError } from '../../contract/errors.ts';
import { isMethodName, methods, type RpcAnswer } from '../../contract/rpc.ts';
import type { ServiceRpc } from '../../contract/serviceProtocol.ts';

/** What the router needs to know of Electron's event: who really sent the message. */
export interface RpcSender {
  sender: { id: number; mainFrame: unknown };
  senderFrame: { origin: string } | null;
}

export interface RpcRouterOptions {
  /** Role of the window; null for contents that are no window of ours. */
  roleOf(contentsId: number): TerminalRole | null;
  connectionOf(contentsId: number): string;
  callService(request: ServiceRpc, deadlineMs: number): Promise<unknown>;
}

export type RpcRouter = (event: RpcSender, method: unknown, params: unknown) => Promise<RpcAnswer>;

/**
 * The single way from a page to the program (design.md §2). In this order: the sender is the top frame of our own
 * origin in one of our windows, the method is in the table itself (not on its prototype), the window's role may call
 * it, the input fits its strict schema. Nothing is thrown to the page: it would carry a stack.
 */
export function createRpcRouter(options: RpcRouterOptions): RpcRouter {
  return async (event, method, params) => {
    try {
      const role = roleOfSender(event, options);
      if (!isMethodName(method)) throw new YichuangError('unknown-method');
      const { roles, input, deadlineMs } = methods[method];
      if (!(roles as readonly TerminalRole[]).includes(role)) throw new YichuangError('forbidden');
      const parsed = input.safeParse(params ?? {});
      if (!parsed.success) {
        // Paths only: the values may be a person's.
        const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
        throw new YichuangError('bad-input', { details: { paths } });
      }
      const connection = options.connectionOf(event.sender.id);
      const request: ServiceRpc = { connection, role, method, input: parsed.data };
      return { ok: true, value: await options.callService(request, deadlineMs) };
    } catch (error) {
      return { ok: false, ...toWireError(error) };
    }
  };
}

function roleOfSender(event: RpcSender, options: RpcRouterOptions): TerminalRole {
  const frame = event.senderFrame;
  const trusted = frame !== null && frame === event.sender.mainFrame && frame.origin === APP_ORIGIN;
  const role = trusted ? options.roleOf(event.sender.id) : null;
  if (role === null) throw new YichuangError('forbidden');
  return role;
}
