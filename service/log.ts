import pino from 'pino';

export type Log = pino.Logger;

/**
 * JSON lines on stderr; whoever started the process keeps them. Fields that may hold personal data are removed by name,
 * and nothing logs a body in the first place.
 */
export function createLog(name: string, level: pino.Level = 'info'): Log {
  return pino(
    {
      name,
      level,
      redact: {
        paths: [
          'body',
          'draft',
          'card',
          'password',
          'idNumber',
          'parties',
          '*.body',
          '*.card',
          '*.password',
          '*.idNumber',
        ],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** File and line of a failure: enough to find it, without the message, which may quote data. */
export function firstFrame(error: unknown): string {
  return error instanceof Error
    ? (error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '').trim()
    : '';
}
