import { getSystemErrorMap } from 'node:util';
import pino, { type DestinationStream, type Logger } from 'pino';
import { isErrorCode } from '../contract/errors.ts';

/** What a log of the centre may never show, should anyone ever pass such an object to it. */
const REDACTED = ['req.headers', 'headers', 'body', 'token', 'password', 'ops', 'op', '*.body', '*.token'];
/** What went wrong, or a code by which anybody may join the hall. */
const CODES = ['code', '*.code'];

const SYSTEM_ERRORS: ReadonlySet<unknown> = new Set(Array.from(getSystemErrorMap().values(), ([name]) => name));

/** Lines on stderr; stdout belongs to the machine-readable answer of a command. */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  const censor = (value: unknown, path: string[]) =>
    path.at(-1) === 'code' && saysWhatFailed(value) ? value : undefined;
  return pino({ level, base: null, redact: { paths: [...REDACTED, ...CODES], censor } }, destination);
}

/** Of ours, of the system, or of a library: those have an underscore, and no enrolment code has one. */
function saysWhatFailed(code: unknown): boolean {
  if (typeof code !== 'string') return false;
  return SYSTEM_ERRORS.has(code) || isErrorCode(code) || /^[A-Z]+(_[A-Z0-9]+)+$/.test(code);
}
