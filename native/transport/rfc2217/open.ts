import { CALL_DEADLINE_MS, withDeadline } from '../deadline.ts';
import { connectTo, SocketTransport } from '../socket.ts';
import { saysInUse } from '../tcp.ts';
import { type PortOptions, type Transport, TransportError } from '../types.ts';
import { settingsOf } from './comPort.ts';
import { Rfc2217Session } from './session.ts';

/** What a server that does not know a setting is waited for. */
const OPTIONAL_MS = 500;

/**
 * Opens `rfc2217://host:port`, a serial device server whose line is set from here: speed, parity, flow control. Nothing
 * is written by a driver before the server confirmed all of it.
 * @throws TransportError `port-missing`, `port-busy` (another program has it), `refused` (no connection),
 * `wrong-mode` (no RFC 2217 there, or a setting the server does not have)
 */
export async function openRfc2217(options: PortOptions): Promise<Transport> {
  const socket = await connectTo(options.port);
  const session = new Rfc2217Session(new SocketTransport(socket, options));
  try {
    await settle(session, options);
  } catch (error) {
    const busy = saysInUse(session.unaskedData);
    await session.close();
    throw busy ? new TransportError('port-busy', `${options.port}: server port in use`) : error;
  }
  return session;
}

async function settle(session: Rfc2217Session, { port, ...options }: PortOptions): Promise<void> {
  await limited(session.begin(), port, CALL_DEADLINE_MS);
  for (const { required, ...setting } of settingsOf({ port, ...options })) {
    const answer = limited(session.set(setting), port, required ? CALL_DEADLINE_MS : OPTIONAL_MS);
    const granted = required ? await answer : await answer.catch(ignoreSilence);
    if (required && granted !== setting.value) {
      throw new TransportError('wrong-mode', `${port}: ${setting.name} ${setting.value} became ${granted}`);
    }
  }
  session.settled();
}

/** A server that stays silent hangs nothing here, so this is no `deadline`: that code means a hung operating system. */
async function limited<T>(work: Promise<T>, port: string, ms: number): Promise<T> {
  try {
    return await withDeadline(work, ms, port);
  } catch (error) {
    if (!(error instanceof TransportError) || error.code !== 'deadline') throw error;
    throw new TransportError('wrong-mode', `${port}: the server does not answer as RFC 2217; raw mode is tcp://`);
  }
}

function ignoreSilence(error: unknown): void {
  if (!(error instanceof TransportError)) throw error;
}
