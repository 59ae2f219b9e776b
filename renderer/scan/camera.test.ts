import { expect, test } from 'vitest';
import { faultOf } from './camera.ts';

test.each([
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'busy'],
  ['TypeError', 'failed'],
])('%s of the browser is the state %s', (name, fault) => {
  expect(faultOf(new DOMException('x', name))).toBe(fault);
});

test('what is no error at all is a failure too', () => {
  expect(faultOf(undefined)).toBe('failed');
});
