import type { MethodInput, MethodOutput } from '../../contract/rpc.ts';
import type { RpcClient } from '../rpc/client.ts';

export type ScanPage = MethodOutput<'case.attachFinish'>;
type Announcement = Omit<MethodInput<'case.attach'>, 'bytes'>;

/**
 * Sends a page to the service, hashed before anything else is done with it.
 * @throws YichuangError
 */
export async function sendPage(client: RpcClient, announcement: Announcement, page: Blob): Promise<ScanPage> {
  const bytes = new Uint8Array(await page.arrayBuffer());
  const sha256 = await hashHex(bytes);
  const { scanId } = announcement;
  const { chunkBytes } = await client.call('case.attach', { ...announcement, bytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += chunkBytes) {
    const data = toBase64(bytes.subarray(offset, offset + chunkBytes));
    await client.call('case.attachChunk', { scanId, offset, data });
  }
  return client.call('case.attachFinish', { scanId, sha256 });
}

/** @throws YichuangError */
export async function fetchPage(client: RpcClient, scanId: string): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ; ) {
    const { data, total, media } = await client.call('scans.page', { scanId, offset });
    const piece = fromBase64(data);
    pieces.push(piece);
    offset += piece.length;
    if (offset >= total || piece.length === 0) return new Blob(pieces, { type: media });
  }
}

async function hashHex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Arguments of one call; more would exhaust the stack. */
const SLICE = 32 * 1024;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += SLICE) text += String.fromCharCode(...bytes.subarray(at, at + SLICE));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
