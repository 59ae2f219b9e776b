import { describe, expect, test } from 'vitest';
import { QUEUE_REFUSALS } from '../domain/queue/decision.ts';
import { ERRORS, fromWireError, isErrorCode, toWireError, type WireError, YichuangError } from './errors.ts';

describe('the table', () => {
  test.each(Object.entries(ERRORS))('%s is a stable word with a Chinese sentence', (code, sentence) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(sentence).toMatch(/^[\u4e00-\u9fff].*。$/);
    expect(sentence).not.toMatch(/[,.!?;:]/);
  });

  test('no two codes say the same', () => {
    expect(new Set(Object.values(ERRORS)).size).toBe(Object.keys(ERRORS).length);
  });
});

test.each(QUEUE_REFUSALS)('%s, a refusal of the queue, has its sentence', (code) => {
  expect(isErrorCode(code)).toBe(true);
});

test('an error crosses a process with its code, sentence and details', () => {
  const error = new YichuangError('acceptance-incomplete', { details: { problems: [{ path: 'parties' }] } });
  const arrived = fromWireError(JSON.parse(JSON.stringify(toWireError(error))) as WireError);
  expect(arrived).toBeInstanceOf(YichuangError);
  expect(arrived).toMatchObject({ code: error.code, message: error.message, details: error.details });
});

test('what nobody foresaw crosses as `internal`, without its text', () => {
  for (const thrown of [new Error('SELECT 张三'), '张三', null, { code: 'forbidden' }]) {
    expect(toWireError(thrown)).toEqual({ code: 'internal', message: ERRORS.internal, details: null });
  }
});

test('a code of a newer program becomes `internal` and keeps its sentence', () => {
  const wire = { code: 'from-the-future', message: '新的说明。', details: null } as unknown as WireError;
  expect(fromWireError(wire)).toMatchObject({ code: 'internal', message: '新的说明。' });
  for (const name of ['from-the-future', 'toString', '__proto__', 7, null]) expect(isErrorCode(name)).toBe(false);
});
