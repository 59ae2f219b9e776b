import { expect, it } from 'vitest';
import { type ServerSettings, warningsAbout, whyUnfit } from './fitness.ts';

const GOOD: ServerSettings = {
  serverVersion: 150_018,
  synchronousCommit: 'on',
  fsync: 'on',
  fullPageWrites: 'on',
  serverEncoding: 'UTF8',
  inRecovery: false,
};

it('a server is fit when a commit is on its disk before it is answered', () => {
  expect(whyUnfit(GOOD)).toBeNull();
  expect(whyUnfit({ ...GOOD, synchronousCommit: 'remote_apply' })).toBeNull();
  for (const synchronousCommit of ['off', 'local', 'remote_write']) {
    expect(whyUnfit({ ...GOOD, synchronousCommit })).toMatch(/power cut would lose/);
  }
});

it('a server is fit when it knows what the program asks, and every character', () => {
  expect(whyUnfit({ ...GOOD, serverVersion: 120_009 })).toMatch(/13 or newer/);
  expect(whyUnfit({ ...GOOD, serverEncoding: 'SQL_ASCII' })).toMatch(/UTF8/);
});

it('an operator is told what makes a power cut at the server dangerous', () => {
  expect(warningsAbout(GOOD)).toEqual([]);
  expect(warningsAbout({ ...GOOD, fsync: 'off', fullPageWrites: 'off' })).toHaveLength(2);
});
