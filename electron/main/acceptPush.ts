import { events } from '../../contract/rpc.ts';
import { type ServicePush, serviceEventsOut } from '../../contract/serviceProtocol.ts';

/** @returns null for what the contract does not know: pages receive nothing else */
export function acceptPush(event: string, payload: unknown): ServicePush | null {
  const push = event === 'push' ? serviceEventsOut.push.safeParse(payload) : null;
  return push?.success && events[push.data.event].payload.safeParse(push.data.payload).success ? push.data : null;
}

export type AcceptPush = typeof acceptPush;
