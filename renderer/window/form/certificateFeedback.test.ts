import { expect, test } from 'vitest';
import { certificateFeedback } from './certificateFeedback.ts';

test.each([
  ['', 'typing'],
  ['吉(2018)辽源市不动产权', 'typing'],
  ['吉（2018）辽源市不动产权第0000001号', 'good'],
  ['吉(2018)辽源市不动产权第01号', 'bad'],
  ['辽房权证龙山字第12345号', 'legacy'],
])('%j: %s', (typed, feedback) => {
  expect(certificateFeedback(typed)).toBe(feedback);
});
