import { RotatingLog } from './rotatingLog.ts';

type Fields = Readonly<Record<string, unknown>>;

/** JSON lines. Never personal data: no inputs, no answers, no page text. */
export interface Log {
  info(msg: string, fields?: Fields): void;
  warn(msg: string, fields?: Fields): void;
  error(msg: string, fields?: Fields): void;
}

/** @param echo also to stderr: in development, where somebody looks */
export function openLog(file: string, echo: boolean): Log {
  const log = new RotatingLog(file);
  const write = (level: string, msg: string, fields: Fields = {}): void => {
    log.write(JSON.stringify({ time: new Date().toISOString(), level, msg, ...fields }));
    if (echo && level !== 'info') console.error(`[shell] ${level}: ${msg} ${JSON.stringify(fields)}`);
  };
  return {
    info: (msg, fields) => write('info', msg, fields),
    warn: (msg, fields) => write('warn', msg, fields),
    error: (msg, fields) => write('error', msg, fields),
  };
}
