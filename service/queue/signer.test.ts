import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMeta } from '../../db/meta.ts';
import { openTestStore } from '../../tests/fixtures/store.ts';
import { Signer } from './signer.ts';

test('the key is made once, announced once, and what it signs is checked with the announced part alone', () => {
  const fixture = openTestStore();
  const { signer, changed } = Signer.open(fixture.store, 'K01');
  expect(changed).toEqual([`signer:${fixture.store.ledger.device}`]);
  const again = Signer.open(fixture.reopen(), 'K01');
  expect([again.signer.publicKey, again.changed]).toEqual([signer.publicKey, []]);
  const [announced] = fixture.store.hall.all('signer');
  expect(announced).toMatchObject({ terminal: 'K01', publicKey: signer.publicKey });
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: announced?.publicKey ?? '' }, format: 'jwk' });
  const text = Buffer.from('Y20261127K010001');
  expect(verify(null, text, key, signer.sign(text))).toBe(true);
  expect(verify(null, Buffer.from('Y20261127K010002'), key, signer.sign(text))).toBe(false);
  fixture.dispose();
});

test('the private part stands in no op and in no byte of the file', () => {
  const fixture = openTestStore();
  Signer.open(fixture.store, 'K01');
  const sealed = Buffer.from(readMeta(fixture.store.db, 'signer-key') ?? '', 'base64');
  expect(sealed.length).toBeGreaterThan(40);
  fixture.store.close();
  const file = readFileSync(`${fixture.dir}/yichuang.db`);
  expect(file.includes(sealed.subarray(-32))).toBe(false);
  expect(file.includes(sealed.toString('base64'))).toBe(false);
  fixture.dispose();
});

test('another name of the machine is announced anew', () => {
  const fixture = openTestStore();
  Signer.open(fixture.store, 'K01');
  expect(Signer.open(fixture.store, 'K02').changed).toHaveLength(1);
  expect(fixture.store.hall.all('signer').map(({ terminal }) => terminal)).toEqual(['K02']);
  fixture.dispose();
});
