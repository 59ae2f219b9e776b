import { z } from 'zod';
import { toWireError } from '../contract/errors.ts';

const request = z.strictObject({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string().max(64), z.number()]),
  method: z.string().max(64),
  params: z.record(z.string(), z.unknown()).default({}),
});

/** @returns null for what is no JSON-RPC request */
export function readRequest(text: string): z.output<typeof request> | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = request.safeParse(raw);
  return parsed.success ? parsed.data : null;
}

const RPC_CODES: Partial<Record<string, number>> = { 'unknown-method': -32601, 'bad-input': -32602 };

export function failure(id: string | number | null, error: unknown): string {
  const { code, message, details } = toWireError(error);
  return JSON.stringify({
    jsonrpc: '2.0',
    id,
    error: { code: RPC_CODES[code] ?? -32000, message, data: { code, details } },
  });
}
