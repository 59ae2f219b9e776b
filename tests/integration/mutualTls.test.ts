import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectRaw } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createEnrolmentCodeOffline } from '../../centre/command.ts';
import { parseTerminalConfig } from '../../contract/config.ts';
import { readMeta } from '../../db/meta.ts';
import { connectHttp, connectTls } from '../../link/httpLine.ts';
import { LineError } from '../../link/line.ts';
import { readTls, type TlsFiles } from '../../link/secureFetch.ts';
import { fetchImage } from '../../sync/imageFetcher.ts';
import { ImageSender } from '../../sync/imageSender.ts';
import { SyncClient } from '../../sync/syncClient.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { type CertificateFiles, openAuthority } from '../fixtures/certificates509.ts';
import { startCommand } from '../fixtures/command.ts';
import { caseStream, openTestStore } from '../fixtures/store.ts';

/** The real command, with certificates that OpenSSL made. */

let hall: ReturnType<typeof openAuthority>;
let other: ReturnType<typeof openAuthority>;
let server: CertificateFiles;
let dir: string;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  [hall, other] = [openAuthority(), openAuthority()];
  server = hall.issue('centre', 'IP:127.0.0.1');
});
afterAll(() => {
  hall.dispose();
  other.dispose();
});
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-tls-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  rmSync(dir, { recursive: true, force: true });
});

async function startCentre(...more: string[]): Promise<string> {
  const args = [
    'centre',
    '--data',
    path.join(dir, 'centre'),
    '--port',
    '0',
    '--tls-cert',
    server.cert,
    '--tls-key',
    server.key,
  ];
  const running = await startCommand<{ url: string }>([...args, ...more]);
  closing.push(() => running.stop());
  return running.ready.url;
}

function openTerminal(url: string, files: TlsFiles, enrolmentCode: string) {
  const fixture = openTestStore();
  const tls = readTls(files);
  const client = new SyncClient({
    store: fixture.store,
    url,
    connect: connectTls(tls),
    terminal: 'W07',
    hall: 'main',
    enrolmentCode,
    now: Date.now,
    onChange: () => {},
    onStreams: () => {},
    onPublished: () => {},
    log: () => {},
  });
  closing.push(async () => {
    await client.stop();
    fixture.dispose();
  });
  const line = {
    ...{ url: () => url, tls },
    token: () => readMeta(fixture.store.db, 'hub-token'),
    isConnected: () => client.state.link === 'connected',
    gate: () => null,
  };
  return { fixture, client, line };
}

const code = (terminal = 'W07') => createEnrolmentCodeOffline(path.join(dir, 'centre'), { terminal });

test('a terminal with its certificate works by https: records, hints, images both ways', async () => {
  const url = await startCentre('--client-ca', hall.ca);
  expect(url).toMatch(/^https:/);
  const files = { ca: hall.ca, ...hall.issue('W07', 'DNS:W07') };
  const { fixture, client, line } = openTerminal(url, files, await code());
  const { store } = fixture;
  const stream = caseStream();
  store.ledger.append({ kind: 'case.accepted', stream, actor: '1001', body: acceptance(1, { window: 'W07' }) });
  const content = Buffer.alloc(300_000, 7);
  const writer = await store.blobs.begin();
  await writer.append(content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writer.finish(sha256, (stored) => {
    const blob = { media: 'image/jpeg' as const, ...stored, width: 24, height: 16 };
    const body = { caseId: stream.slice('case:'.length), material: 'M04', page: 1, blob, source: 'camera' as const };
    store.ledger.append({ kind: 'scan.attached', stream: `scan:${crypto.randomUUID()}`, actor: '1001', body });
  });
  await vi.waitFor(() => expect([client.state.link, store.delivery.countUnsent()]).toEqual(['connected', 0]), 45_000);
  const sender = new ImageSender({ store, line, now: Date.now, bytesPerSecond: 0, onChange: () => {}, log: () => {} });
  closing.push(() => sender.stop());
  await vi.waitFor(() => expect(store.scans.countImagesToSend()).toBe(0), 45_000);
  await fetchImage(store, line, sha256, Date.now());
});

test('without a certificate, with one of another authority or for another machine, nobody is heard', async () => {
  const url = await startCentre('--client-ca', hall.ca);
  const ask = (files: TlsFiles) =>
    connectTls(readTls(files))(url).exchange({ method: 'GET', path: '/sync/v1/pull?scope=catalog&after=0' });
  await expect(ask({ ca: hall.ca })).rejects.toThrow(LineError);
  await expect(ask({ ca: hall.ca, ...other.issue('W07', 'DNS:W07') })).rejects.toThrow(LineError);
  // Nor is this a centre to who trusts another authority, or speaks plainly.
  await expect(ask({ ca: other.ca, ...hall.issue('W07', 'DNS:W07') })).rejects.toThrow(LineError);
  await expect(
    connectHttp(url.replace('https:', 'http:')).exchange({ method: 'GET', path: '/health' }),
  ).rejects.toThrow(LineError);

  // The certificate of W08 does not enrol W07, nor speak with the token of W07.
  const w08 = { ca: hall.ca, ...hall.issue('W08', 'DNS:W08') };
  const { client } = openTerminal(url, w08, await code());
  await vi.waitFor(() => expect(client.state.link).toBe('refused'), 45_000);
  const joined = openTerminal(url, { ca: hall.ca, ...hall.issue('W07', 'DNS:W07') }, await code());
  await vi.waitFor(() => expect(joined.client.state.link).toBe('connected'), 45_000);
  const stolen = connectTls(readTls(w08))(url);
  stolen.setToken(joined.line.token() ?? '');
  expect((await stolen.exchange({ method: 'GET', path: '/sync/v1/pull?scope=catalog&after=0' })).status).toBe(401);
});

test('a certificate may name the device instead of the terminal, and none is asked for without an authority', async () => {
  const url = await startCentre();
  const plain = openTerminal(url, { ca: hall.ca }, await code());
  await vi.waitFor(() => expect(plain.client.state.link).toBe('connected'), 45_000);
  const { port, hostname } = new URL(url);
  const offered = await new Promise<string | null>((resolve, reject) => {
    const socket = connectRaw({ port: Number(port), host: hostname, ca: hall.read(hall.ca), maxVersion: 'TLSv1.1' });
    socket.once('secureConnect', () => resolve(socket.getProtocol()));
    socket.once('error', () => resolve(null));
    socket.once('timeout', reject);
  });
  expect(offered).toBeNull();
});

test('a hub shows its own certificate to the centre, and its terminals see it', async () => {
  const url = await startCentre('--client-ca', hall.ca);
  const relay = hall.issue('H01', 'DNS:H01,IP:127.0.0.1');
  const relayCode = await createEnrolmentCodeOffline(path.join(dir, 'centre'), {
    terminal: 'H01',
    kind: 'relay',
    hall: 'main',
  });
  const args = ['centre', '--data', path.join(dir, 'hub'), '--port', '0', '--relay', '--upstream', url];
  const tls = ['--upstream-ca', hall.ca, '--tls-cert', relay.cert, '--tls-key', relay.key, '--client-ca', hall.ca];
  const hub = await startCommand<{ url: string }>([...args, '--relay-code', relayCode, ...tls]);
  closing.push(() => hub.stop());
  const files = { ca: hall.ca, ...hall.issue('W07', 'DNS:W07') };
  const { fixture, client } = openTerminal(hub.ready.url, files, await code());
  const { store } = fixture;
  store.ledger.append({
    kind: 'case.accepted',
    stream: caseStream(),
    actor: '1001',
    body: acceptance(1, { window: 'W07' }),
  });
  await vi.waitFor(() => {
    expect(client.state.link).toBe('connected');
    expect(store.delivery.counts()).toMatchObject({ waitingOps: 0, heldOps: 0 });
  });
});

test('the configuration names the files; a certificate without its key is refused', () => {
  const config = (tls: string) =>
    parseTerminalConfig(
      `{ "terminal": { "id": "W07", "hall": "main" }, "hub": { "url": "https://hub:7400", "tls": ${tls} } }`,
    );
  expect(config('{ "ca": "/etc/yichuang/ca.pem" }').hub?.tls).toEqual({ ca: '/etc/yichuang/ca.pem' });
  expect(() => config('{ "cert": "/etc/yichuang/w07.pem" }')).toThrow('belong together');
});
