import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import { decidedId, decidedIds } from './commandIds.ts';

const digest = (text: string) => hash('sha256', text);
const COMMAND = '019ac1d0-0000-7000-8000-000000000001';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('before the first take-over the op of a command has the id of the command', () => {
  expect([null, 0].map((fence) => decidedId(COMMAND, fence, digest))).toEqual([COMMAND, COMMAND]);
});

it('under each tenure one command has another id, and always the same', () => {
  const ids = [1, 2, 3].map((fence) => decidedId(COMMAND, fence, digest));
  expect(new Set([COMMAND, ...ids]).size).toBe(4);
  for (const id of ids) expect(id).toMatch(UUID);
  expect([1, 2, 3].map((fence) => decidedId(COMMAND, fence, digest))).toEqual(ids);
  expect(decidedId('019ac1d0-0000-7000-8000-000000000002', 1, digest)).not.toBe(ids[0]);
});

it('a command is looked for under the tenures just past, newest first, and under its own id', () => {
  expect(decidedIds(COMMAND, null, digest)).toEqual([COMMAND]);
  expect(decidedIds(COMMAND, 2, digest)).toEqual([
    decidedId(COMMAND, 2, digest),
    decidedId(COMMAND, 1, digest),
    COMMAND,
  ]);
  const after20 = decidedIds(COMMAND, 20, digest);
  expect(after20).toHaveLength(9);
  expect(after20).toContain(decidedId(COMMAND, 13, digest));
});
