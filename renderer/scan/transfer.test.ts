import fc from 'fast-check';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { fetchPage as fetchAsTests, hashOf, jpegWith } from '../../tests/fixtures/attachments.ts';
import { startTestService } from '../../tests/fixtures/service.ts';
import type { RpcClient } from '../rpc/client.ts';
import { fetchPage, fromBase64, sendPage, toBase64 } from './transfer.ts';

test('base64 is what everybody else calls base64, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70_000 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(Buffer.from(fromBase64(toBase64(bytes))).equals(Buffer.from(bytes))).toBe(true);
    }),
  );
});

test('a page sent to a real service comes back byte for byte, under the hash of its bytes', async () => {
  const terminal = startTestService();
  await terminal.login();
  const client = { call: terminal.call } as Pick<RpcClient, 'call'> as RpcClient;
  const image = jpegWith(...Array.from({ length: 20 }, (_, index) => Buffer.alloc(65_000, index)));
  const announcement = { scanId: v7(), caseId: v7(), material: 'M04', source: 'camera', name: '', hold: true } as const;
  const page = await sendPage(client, announcement, new Blob([new Uint8Array(image)]));
  expect(page.blob.sha256).toBe(hashOf(image));
  const back = await fetchPage(client, page.id);
  expect(back.type).toBe('image/jpeg');
  expect(Buffer.from(await back.arrayBuffer()).equals(image)).toBe(true);
  expect((await fetchAsTests(terminal, page.id)).equals(image)).toBe(true);
  await terminal.dispose();
});
