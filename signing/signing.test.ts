import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { headStatement, receiptStatement, requestStatement } from '../domain/ledger/statements.ts';
import { fingerprint, isSignedSync } from './check.ts';
import { makeSigningKey, SigningKey } from './key.ts';
import { AT_ONCE, POOLED } from './signatures.ts';

const key = SigningKey.open(makeSigningKey());
const other = SigningKey.open(makeSigningKey());

describe.each([
  ['on threads of the pool', POOLED],
  ['at once', AT_ONCE],
])('signatures %s', (_name, { isSigned, sign }) => {
  it('hold for the key and the text they were made for, and for no other', async () => {
    const signature = await sign(key, 'text');
    expect(signature).toBe(key.sign('text'));
    expect(await isSigned(key.publicKey, 'text', signature)).toBe(true);
    expect(await isSigned(key.publicKey, 'text ', signature)).toBe(false);
    expect(await isSigned(other.publicKey, 'text', signature)).toBe(false);
  });

  it.each(['', 'A', 'A'.repeat(86), '*'.repeat(86)])(
    'what is no signature (%j) is refused, never thrown',
    async (bad) => {
      expect(await isSigned(key.publicKey, 'text', bad)).toBe(false);
      expect(await isSigned(bad, 'text', key.sign('text'))).toBe(false);
    },
  );
});

it('a key of another kind is not opened', () => {
  const { privateKey } = generateKeyPairSync('x25519');
  const sealed = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  expect(() => SigningKey.open(sealed)).toThrow(TypeError);
});

it('a key keeps its public part and fingerprint, and two keys share neither', () => {
  const sealed = makeSigningKey();
  expect(SigningKey.open(sealed).publicKey).toBe(SigningKey.open(sealed).publicKey);
  expect(fingerprint(key.publicKey)).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/);
  expect(fingerprint(key.publicKey)).not.toBe(fingerprint(other.publicKey));
});

it('a signature for one purpose serves no other, whatever the parts are', () => {
  const [device, hash] = ['00000000-0000-7000-8000-000000000001', 'a'.repeat(64)];
  const head = headStatement({ device, epoch: 1, seq: 2, hash });
  const receipt = receiptStatement({
    by: device,
    device,
    epoch: 1,
    acked: 2,
    head: hash,
    at: '2026-11-27T00:00:00.000Z',
  });
  const point = { device, audience: device, session: '-', counter: 0, method: 'POST', path: '/', digest: hash };
  const request = requestStatement(point);
  const signature = key.sign(head);
  expect([head, receipt, request].map((text) => isSignedSync(key.publicKey, text, signature))).toEqual([
    true,
    false,
    false,
  ]);
  expect(new Set([head, receipt, request].map((text) => text.split('\n')[0])).size).toBe(3);
});
