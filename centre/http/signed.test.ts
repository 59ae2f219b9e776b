import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRequestSignature, SIGNATURE_HEADER } from '../../contract/signing.ts';
import { syncError } from '../../contract/sync.ts';
import { headStatement, receiptStatement, requestStatement } from '../../domain/ledger/statements.ts';
import { isSignedSync } from '../../signing/check.ts';
import { makeSigningKey, SigningKey } from '../../signing/key.ts';
import { call, jsonRequest, startTestCentre } from '../../tests/fixtures/centre.ts';
import { dataIn, findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { enrolSigned, SignedTerminal } from '../../tests/fixtures/signedTerminal.ts';
import { sha256Hex } from '../digest.ts';
import { startCentre } from '../start.ts';

const PRESENCE = '/office/v1/queue/presence';
const codeOf = ({ body }: { body: unknown }) => syncError.safeParse(body).data?.code;

describe('a terminal that signs', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: SignedTerminal;
  beforeEach(async () => {
    test = await startTestCentre();
    const code = await test.centre.createEnrolmentCode({ terminal: 'W07' });
    w07 = await enrolSigned(test.centre.url, code, { name: 'a', terminal: '07' });
  });
  afterEach(() => test.dispose());

  const hello = () => ({
    versions: [3],
    device: w07.maker.device,
    epoch: 1,
    seq: 0,
    hash: 'a'.repeat(64),
  });

  it('pushes, asks and greets; whoever has its token alone does none of it', async () => {
    w07.maker.acceptCase();
    expect((await w07.push()).acked).toBe(1);
    expect((await w07.post(PRESENCE, { unsent: 0 })).status).toBe(200);
    expect((await w07.post('/sync/v1/hello', hello())).body).toMatchObject({ version: 3, acked: 1 });

    w07.maker.acceptCase();
    const thief = (pathname: string, body: unknown) => call(w07.url, pathname, jsonRequest(body, w07.token));
    const push = { device: w07.maker.device, epoch: 1, ops: w07.maker.ops };
    const refused = [
      await thief('/sync/v1/push', push),
      await thief('/sync/v1/push', { ...push, signature: w07.signChain(w07.maker.ops.slice(0, 1)) }),
      await thief(PRESENCE, { unsent: 0 }),
      await thief('/sync/v1/hello', hello()),
      await thief('/office/v1/act', {}),
      await thief('/office/v1/queue', {}),
      await thief('/office/v1/blanks', {}),
      await thief('/office/v1/payment', {}),
      await thief('/office/v1/outage', {}),
      await thief('/hub/v1/take-over', {}),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
    expect(test.centre.stats().cases).toBe(1);
  });

  it('a push that was listened to changes nothing when it is sent again, and any other request is refused', async () => {
    w07.maker.acceptCase();
    await w07.push();
    const again = await w07.replay();
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ acked: 1 });
    expect(test.centre.stats().cases).toBe(1);

    expect((await w07.post(PRESENCE, { unsent: 3 })).status).toBe(200);
    expect(codeOf(await w07.replay())).toBe('session-over');
    // Its own next one is taken all the same.
    expect((await w07.post(PRESENCE, { unsent: 2 })).status).toBe(200);
  });

  it('a signature is for one body, one path, one machine and one session', async () => {
    await w07.post(PRESENCE, { unsent: 3 });
    // The number is used up: these would be refused for that alone, so each has a number of its own.
    const signed = async (change: Parameters<SignedTerminal['replay']>[0]) => {
      const sent = w07.recorded.at(-1);
      const header = parseRequestSignature(sent?.headers?.[SIGNATURE_HEADER]);
      expect(header).not.toBeNull();
      return codeOf(await w07.replay(change));
    };
    expect(await signed({ body: { unsent: 4 } })).toBe('session-over');
    expect(await signed({ path: '/office/v1/queue' })).toBe('unauthorised');

    const key = w07.key;
    const centre = (await w07.line.greet())?.device ?? fail();
    await w07.post(PRESENCE, { unsent: 3 });
    const { device } = w07.maker;
    const session = parseRequestSignature(w07.recorded.at(-1)?.headers?.[SIGNATURE_HEADER])?.session ?? '';
    const ask = (change: { audience?: string; session?: string; counter?: number; sent?: unknown }) => {
      const [body, counter] = [{ unsent: 1 }, change.counter ?? 50];
      const audience = change.audience ?? centre;
      const digest = sha256Hex(JSON.stringify(body));
      const point = { device, audience, session: change.session ?? session, counter, method: 'POST', path: PRESENCE };
      const signature = key.sign(requestStatement({ ...point, digest }));
      const header = `v3;${point.session};${counter};${digest};${signature}`;
      const init = jsonRequest(change.sent ?? body, w07.token);
      return call(w07.url, PRESENCE, { ...init, headers: { ...init.headers, [SIGNATURE_HEADER]: header } });
    };
    expect(codeOf(await ask({ audience: uuidv7() }))).toBe('unauthorised');
    expect(codeOf(await ask({ session: 'A'.repeat(22) }))).toBe('session-over');
    expect(codeOf(await ask({ sent: { unsent: 9 } }))).toBe('unauthorised');
    expect((await ask({ counter: 51 })).status).toBe(200);
    expect(codeOf(await ask({ counter: 51 }))).toBe('session-over');
    // Requests overtake each other.
    expect((await ask({ counter: 40 })).status).toBe(200);
  });

  it('goes on by itself after a restart of the centre, and what was listened to before stays worthless', async () => {
    await w07.post(PRESENCE, { unsent: 3 });
    const heard = w07.recorded.at(-1);
    await test.centre.close();
    const centre = await startCentre(dataIn(test.dir));
    try {
      const again = new SignedTerminal(centre.url, w07);
      expect(codeOf(await again.replay(heard))).toBe('session-over');
      expect((await again.post(PRESENCE, { unsent: 3 })).status).toBe(200);
    } finally {
      await centre.close();
    }
  });

  it('without a key it goes on as before, shows one once, and then has no way back', async () => {
    const plain = await test.enrol({ name: 'b', terminal: '08' });
    plain.maker.acceptCase();
    expect((await plain.push()).acked).toBe(1);

    const keyed = (key: SigningKey) =>
      new SignedTerminal(plain.url, { maker: plain.maker, token: plain.token, key }).line.greet();
    const key = SigningKey.open(makeSigningKey());
    expect(await keyed(key)).toMatchObject({ device: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    // The same again, and another one.
    expect(await keyed(key)).not.toBeNull();
    expect(await keyed(SigningKey.open(makeSigningKey()))).toBeNull();

    plain.maker.acceptCase();
    const { status, body } = await plain.pushRaw(plain.maker.ops);
    expect([status, syncError.parse(body).code]).toEqual([401, 'unauthorised']);
    const signing = new SignedTerminal(plain.url, { maker: plain.maker, token: plain.token, key });
    expect((await signing.push()).acked).toBe(2);
    // What was handed over before the key is covered by the chain that it signs now.
    expect(findingsIn(test.dir)).toEqual([]);
  });

  it('a key is taken only from who has its private part', async () => {
    const plain = await test.enrol({ name: 'b', terminal: '08' });
    const body = { device: plain.maker.device, publicKey: w07.key.publicKey, from: { epoch: 1, seq: 0 } };
    const digest = sha256Hex(JSON.stringify(body));
    const point = { device: plain.maker.device, audience: '-', session: '-', counter: 0, method: 'POST' };
    const text = requestStatement({ ...point, path: '/sync/v1/session', digest });
    const ask = (signature: string, sent: unknown = body) => {
      const init = jsonRequest(sent, plain.token);
      const headers = { ...init.headers, [SIGNATURE_HEADER]: `v3;-;0;${digest};${signature}` };
      return call(plain.url, '/sync/v1/session', { ...init, headers });
    };
    const other = SigningKey.open(makeSigningKey());
    expect((await ask(other.sign(text))).status).toBe(401);
    expect((await ask(w07.key.sign(text), { ...body, from: { epoch: 1, seq: 9 } })).status).toBe(401);
    expect((await ask(w07.key.sign(text))).status).toBe(200);
  });

  it('gets a receipt for each push that the centre has signed', async () => {
    w07.maker.acceptCase();
    const { receipt, acked, head } = await w07.push();
    const authority = await w07.line.greet();
    expect(receipt).toMatchObject({ by: authority?.device, device: w07.maker.device, epoch: 1, acked, head });
    if (!receipt || !authority) throw new Error('no receipt');
    expect(isSignedSync(authority.publicKey, receiptStatement(receipt), receipt.signature)).toBe(true);
    expect(isSignedSync(authority.publicKey, receiptStatement({ ...receipt, acked: 2 }), receipt.signature)).toBe(
      false,
    );
  });

  it('what is signed is Ed25519 as others know it: OpenSSL agrees, and refuses a changed text', async () => {
    w07.maker.acceptCase();
    const { receipt } = await w07.push();
    const authority = await w07.line.greet();
    if (!receipt || !authority) throw new Error('no receipt');
    const { device, epoch, seq, hash } = w07.maker.ops[0] ?? fail();
    const head = headStatement({ device, epoch, seq, hash });
    expect(opensslVerifies(w07.key.publicKey, head, w07.signChain())).toBe(true);
    expect(opensslVerifies(w07.key.publicKey, head.replace('\n1\n', '\n2\n'), w07.signChain())).toBe(false);
    expect(opensslVerifies(authority.publicKey, receiptStatement(receipt), receipt.signature)).toBe(true);
  });
});

function opensslVerifies(publicKey: string, text: string, signature: string): boolean {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-openssl-'));
  try {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });
    const file = (name: string, content: string | Buffer) => {
      writeFileSync(path.join(dir, name), content);
      return path.join(dir, name);
    };
    const pem = file('key.pem', String(key.export({ format: 'pem', type: 'spki' })));
    const input = file('text', text);
    const signed = file('signature', Buffer.from(signature, 'base64url'));
    const args = ['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-rawin', '-in', input, '-sigfile', signed];
    return spawnSync('openssl', args).status === 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function fail(): never {
  throw new Error('nothing there');
}
