/**
 * What may leave a machine in a diagnostic bundle: figures and words of the program. Nothing is searched for names: only
 * what has the form of a program's own word gets through, and long numbers do not.
 */

const WITHHELD = '(withheld)';
/** A telephone number without its area has seven digits; nothing of the program has so many in a row but a hash. */
const LONG_NUMBER = /\d{7,}/g;
const PRINTABLE = /^[\x20-\x7e]{0,200}$/;
/** A word without blanks: a code, a version, a file's name, an address of the hall's network. */
const WORD = /^[\x21-\x7e]{0,120}$/;
/** What the program says of an event: small English words. */
const EVENT = /^[a-z][a-z0-9 ,'-]{0,79}$/;

/** Of a configuration: secrets, and what runs foreign programs. */
const SECRET = ['enrolmentCode', 'args', 'player', 'command', 'token', 'key', 'password'];

function text(value: string): string {
  return PRINTABLE.test(value) ? value.replace(LONG_NUMBER, '#') : WITHHELD;
}

/** The same value, of which only what may leave is left. */
export function withhold(value: unknown): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map(withhold);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [text(name), SECRET.includes(name) ? WITHHELD : withhold(each)]),
  );
}

/** A configuration: addresses without the names and passwords that may stand in them. */
export function withholdConfig(config: object): unknown {
  const shown = JSON.parse(
    JSON.stringify(config, (_name, value: unknown) =>
      typeof value === 'string' ? value.replace(/\/\/[^/@\s]*@/, '//') : value,
    ),
  ) as unknown;
  return withhold(shown);
}

/** Of a line of a log: these and no others. Everything else may quote what was entered. */
const LOG_WORDS = [
  ...[
    'code',
    'kind',
    'error',
    'errorCode',
    'method',
    'reason',
    'route',
    'name',
    'state',
    'process',
    'driver',
    'device',
  ],
  ...['signal', 'version', 'answer', 'table', 'holder'],
];
const LOG_NUMBERS = [
  ...['level', 'time', 'pid', 'status', 'ms', 'epoch', 'seq', 'ops', 'bytes', 'count', 'settled', 'deemed', 'expired'],
  ...['failures', 'waiting', 'fence', 'port', 'exitCode', 'pause'],
];

/** @returns null for a line of which nothing may be shown */
export function withholdLogLine(line: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const shown = Object.entries(parsed).filter(
    ([name, value]) =>
      (LOG_NUMBERS.includes(name) && typeof value === 'number' && (name === 'time' || Math.abs(value) < 1e7)) ||
      (LOG_WORDS.includes(name) && typeof value === 'string' && WORD.test(value) && !/\d{7}/.test(value)) ||
      (name === 'msg' && typeof value === 'string' && EVENT.test(value)) ||
      // As the shell writes them.
      (name === 'level' && typeof value === 'string' && /^(info|warn|error)$/.test(value)) ||
      (name === 'time' && typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)),
  );
  const hidden = Object.keys(parsed).length - shown.length;
  return JSON.stringify({ ...Object.fromEntries(shown), ...(hidden > 0 && { withheld: hidden }) });
}
