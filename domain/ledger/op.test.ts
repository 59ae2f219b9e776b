import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { findOpDefect, genesisHash, isKind, type Op, type OpDraft, sealOp, streamOf } from './op.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const DEVICE = '0198a000-0000-7000-8000-000000000001';
const GENESIS = genesisHash(DEVICE, 1, digest);

const DRAFT: OpDraft<'case.accepted'> = {
  op_id: '0198a000-0000-7000-8000-0000000000a1',
  device: DEVICE,
  epoch: 1,
  seq: 1,
  kind: 'case.accepted',
  stream: 'case:0198a000-0000-7000-8000-0000000000c1',
  base_ver: 0,
  actor: '1001',
  at: '2026-11-23T01:00:00.000Z',
  hlc: '019ab0000000-0000',
  body: acceptance(1),
};

test('a sealed op has no defect, whatever the order of its keys after transport', () => {
  const op = sealOp(DRAFT, GENESIS, digest);
  expect(findOpDefect(op, GENESIS, digest)).toBeNull();
  const reordered = Object.fromEntries(Object.entries(structuredClone(op)).reverse()) as unknown as Op;
  expect(findOpDefect(reordered, GENESIS, digest)).toBeNull();
});

test('the hash of an op is what another program computes over the same values', () => {
  const body = { terminal: 'W07', staff: '王敏' };
  const stream = 'session:0198a000-0000-7000-8000-0000000000c1';
  const op = sealOp({ ...DRAFT, kind: 'session.opened', stream, body }, GENESIS, digest);
  // Python: hashlib.sha256 over json.dumps(…, sort_keys=True, separators=(',', ':'), ensure_ascii=False).
  expect(GENESIS).toBe('9573c2d0442ac0b63a605b5ebe9aa15166f8734f39703b6f1e400014aa471a75');
  expect(op.hash).toBe('2771fa03482d66fab5e640af7587af2518be8b4e38bb6441763224988e264939');
});

test('the chain tells devices and epochs apart', () => {
  const other = '0198a000-0000-7000-8000-000000000002';
  expect(new Set([GENESIS, genesisHash(DEVICE, 2, digest), genesisHash(other, 1, digest)]).size).toBe(3);
});

test('a changed body, a changed predecessor and every changed field of the envelope are found', () => {
  const op: Op = sealOp(DRAFT, GENESIS, digest);
  expect(findOpDefect({ ...op, body: { ...DRAFT.body, number: '20261123070002' } }, GENESIS, digest)).toBe('body-hash');
  expect(findOpDefect(op, digest('another'), digest)).toBe('prev-hash');
  expect(findOpDefect({ ...op, prev_hash: digest('another') }, GENESIS, digest)).toBe('prev-hash');
  const changed: Partial<Op>[] = [
    { op_id: '0198a000-0000-7000-8000-0000000000a2' },
    { device: '0198a000-0000-7000-8000-000000000002' },
    { epoch: 2 },
    { seq: 2 },
    { kind: 'slip.printed' },
    { stream: 'case:0198a000-0000-7000-8000-0000000000c2' },
    { base_ver: 1 },
    { actor: '1002' },
    { at: '2026-11-23T01:00:00.001Z' },
    { hlc: '019ab0000000-0001' },
    { hash: digest('another') },
  ];
  for (const change of changed) {
    expect(findOpDefect({ ...op, ...change }, GENESIS, digest), Object.keys(change)[0]).toBe('hash');
  }
});

test('a body and its own hash changed together still break the chain', () => {
  const op: Op = sealOp(DRAFT, GENESIS, digest);
  const forged = sealOp({ ...DRAFT, body: acceptance(2) }, GENESIS, digest);
  expect(findOpDefect({ ...forged, hash: op.hash }, GENESIS, digest)).toBe('hash');
  expect(findOpDefect({ ...op, body: forged.body, body_hash: forged.body_hash }, GENESIS, digest)).toBe('hash');
});

test('a stream has a kind and an id', () => {
  expect(streamOf(DRAFT)).toEqual({ kind: 'case', id: '0198a000-0000-7000-8000-0000000000c1' });
  const op: Op = sealOp(DRAFT, GENESIS, digest);
  expect(isKind(op, 'case.accepted')).toBe(true);
  expect(isKind(op, 'slip.printed')).toBe(false);
});
