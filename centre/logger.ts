import pino, { type Logger } from 'pino';

/** What a log of the centre may never show, should anyone ever pass such an object to it. */
const REDACTED = ['req.headers', 'headers', 'body', 'code', 'token', 'password', 'ops', 'op', '*.body', '*.token'];

/** Lines on stderr; stdout belongs to the machine-readable answer of a command. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, redact: { paths: REDACTED, remove: true } }, pino.destination(2));
}
