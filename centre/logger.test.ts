import { expect, test } from 'vitest';
import { startTestCentre } from '../tests/fixtures/centre.ts';
import { createLogger } from './logger.ts';

function written(fields: object): Record<string, unknown> {
  const lines: string[] = [];
  createLogger('info', { write: (line) => void lines.push(line) }).info(fields, 'said');
  const { level, time, msg, ...rest } = JSON.parse(lines.join(''));
  return rest;
}

test.each(['EADDRINUSE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'SQLITE_FULL', 'centre-busy'])(
  'what went wrong is said: %s',
  (code) => {
    expect(written({ code, error: { code } })).toEqual({ code, error: { code } });
  },
);

test('a code by which a machine may join is in no line, however it is typed', async () => {
  const { centre, dispose } = await startTestCentre();
  try {
    const code = await centre.createEnrolmentCode({ terminal: 'W07' });
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')]) {
      const request = { code: typed, terminal: 'W07' };
      expect(written({ ...request, request })).toEqual({ terminal: 'W07', request: { terminal: 'W07' } });
    }
  } finally {
    await dispose();
  }
});

test('what machines and people send, and what proves who they are, is in no line', () => {
  const secret = { headers: {}, body: {}, token: 't', password: 'p', ops: [], op: {} };
  expect(written({ ...secret, req: { headers: {}, id: 1 }, at: { body: {}, token: 't' } })).toEqual({
    req: { id: 1 },
    at: {},
  });
});
