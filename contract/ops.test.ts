import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { CATALOGUE } from '../domain/catalogue/catalogue.ts';
import type { Op, OpBodies, OpKind } from '../domain/ledger/op.ts';
import { genesisHash, sealOp } from '../domain/ledger/op.ts';
import { acceptance, acceptanceDraft } from '../tests/fixtures/acceptance.ts';
import { HALL_BODIES } from '../tests/fixtures/hallBodies.ts';
import { condition } from './ops/codes.ts';
import { acceptanceDraft as acceptanceDraftSchema, opBodies, opEnvelope, parseOp } from './ops.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const DEVICE = '0198a000-0000-7000-8000-000000000001';

const BODIES: { [K in OpKind]: OpBodies[K] } = {
  ...HALL_BODIES,
  'case.accepted': acceptance(1),
  'scan.attached': {
    caseId: DEVICE,
    material: 'M04',
    page: 1,
    blob: { media: 'image/jpeg', sha256: 'a'.repeat(64), bytes: 1, width: 1, height: 1 },
    source: 'camera',
  },
  'scan.moved': { page: 2 },
  'scan.removed': { reason: '重复' },
  'slip.printed': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    slip: 'acceptance',
    print: 1,
    confirmation: 'device',
  },
  'outage.declared': {
    from: '2026-11-23T01:00:00.000Z',
    to: null,
    reason: '中心系统升级',
    proof: '系统故障报告 2026-11',
  },
  'case.taken': { window: 'W08', reason: '原窗口停用' },
  'return.noted': {
    ...{ device: DEVICE, epoch: 1, seq: 4, kind: 'case.advanced', subject: `case:${DEVICE}`, baseVersion: 3 },
    ...{ terminal: 'W07', actor: '1001', at: '2026-11-23T01:00:00.000Z', code: 'stale-version' },
    content: { transition: 'T35', data: {} },
  },
  'return.settled': { decision: 'centre-stands', note: '已电话告知申请人' },
  'outage.ended': { to: '2026-11-23T02:00:00.000Z' },
  'case.refused': {
    acceptance: acceptance(2, { path: ['T01', 'T02', 'T03', 'T44'] }),
    refusal: {
      ground: 'incomplete',
      reason: '材料不全',
      missing: [{ material: 'M04', text: '不动产权证书', why: '未提交' }],
    },
  },
  'case.advanced': { transition: 'T16', data: { received: [] } },
  'case.lane': { lane: 'TAX', event: 'claim' },
  'case.paid': {
    payment: '0198a000-0000-7000-8000-0000000000b1',
    kind: 'paid',
    amountFen: 8000,
    method: 'WECHAT',
    receipt: '4200001',
    at: '2026-11-23T01:00:00.000Z',
  },
  'payment.requested': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    caseNumber: '20261123070001',
    method: 'WECHAT',
    amountFen: 8000,
    expiresAt: '2026-11-23T01:15:00.000Z',
  },
  'payment.confirmed': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    amountFen: 8000,
    receipt: '4200001',
    paidAt: '2026-11-23T01:01:00.000Z',
  },
  'payment.failed': { caseId: '0198a000-0000-7000-8000-0000000000c1', reason: 'expired', receivedFen: 0 },
  'payment.refundRequested': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    cause: 'ended',
    reason: '申请人撤回',
  },
  'payment.refunded': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    amountFen: 8000,
    receipt: '5000001',
    refundedAt: '2026-11-23T02:00:00.000Z',
  },
  'note.added': { caseId: '0198a000-0000-7000-8000-0000000000c1', kind: 'remark', text: '已电话联系' },
  'blanks.received': { form: 'certificate', first: 'D22000000001', count: 100 },
  'blanks.assigned': { from: 'D22000000001', count: 50, window: 'W07' },
  'blanks.returned': { from: 'D22000000050', count: 1, witness: '1002', note: '' },
  'blanks.bound': {
    serial: 'D22000000001',
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    certificate: '吉(2026)辽源市不动产权第0000001号',
  },
  'blanks.spoiled': { serial: 'D22000000002', reason: 'jam', witness: '1002', note: '' },
  'blanks.restored': { serial: 'D22000000002', note: '认错号' },
  'blanks.lost': { serial: 'D22000000003', witness: '1002', note: '' },
  'blanks.destroyed': { from: 'D22000000002', count: 1, witness: '1002', note: '' },
  'count.closed': {
    window: 'W07',
    day: '2026-11-23',
    form: 'certificate',
    counted: 47,
    expected: 48,
    difference: -1,
    papersCounted: 1,
    papersExpected: 1,
    witness: '1002',
    note: '',
  },
  'count.signed': { note: '' },
  'print.prepared': {
    caseId: '0198a000-0000-7000-8000-0000000000c1',
    terminal: 'W07',
    certificate: '吉(2026)辽源市不动产权第0000001号',
    blank: 'D22000000001',
    form: 'certificate',
    layout: 'certificate.2016',
    calibration: null,
    sha256: 'a'.repeat(64),
    bytes: 24_000,
    content: {
      kind: 'certificate',
      numberLine: { province: '吉', year: '2026', place: '辽源市', sequence: '0000001' },
      date: { year: '2026', month: '11', day: '23' },
      rows: [{ key: 'holder', label: '权利人', value: '张三' }],
    },
  },
  'print.sending': {},
  'print.held': { why: 'certificate-not-started' },
  'print.sent': {},
  'print.unknown': { why: 'certificate-interrupted' },
  'print.confirmed': { serial: 'D22000000001' },
  'print.spoiled': { reason: 'jam', note: '', witness: '1002' },
  'print.dropped': {},
  'printer.announced': { terminal: 'W07', driver: 'escp', present: true },
  'catalogue.published': CATALOGUE,
  'calendar.published': {
    years: [{ year: 2027, source: 'notice', verified: true, off: ['01-01'], working: [] }],
    overrides: [{ day: '2026-11-28', kind: 'working', source: 'order' }],
  },
  'health.acknowledged': { terminal: 'W07', code: 'backup-failed' },
  'device.revoked': { device: DEVICE, terminal: 'W07', reason: '机器丢失' },
  'attempt.refused': { method: 'case.act', code: 'forbidden', terminal: 'W07' },
  'hub.took-over': {
    fence: 2,
    hub: '0198a000-0000-7000-8000-0000000000c1',
    at: '2026-11-23T01:00:00.000Z',
    reason: '主机断电',
  },
  'epoch.began': { reason: 'restored', previous: { epoch: 1, seq: 40 } },
  'retention.ran': { terminal: 'W07', endedCases: 3, openCases: 0, drafts: 1 },
  'data.checked': { terminal: 'W07', found: 1 },
  'session.opened': { staff: '1001', terminal: 'W07' },
  'session.closed': { staff: '1001', terminal: 'W07', reason: 'idle' },
  'staff.upserted': { number: '1001', name: '王敏', roles: ['WIN'], passwordHash: '$argon2id$v=19$x', active: true },
};
const KINDS = Object.keys(BODIES) as OpKind[];

function seal(kind: OpKind): Op {
  const draft = {
    op_id: '0198a000-0000-7000-8000-0000000000a1',
    device: DEVICE,
    epoch: 1,
    seq: 1,
    kind,
    stream: 'case:0198a000-0000-7000-8000-0000000000c1',
    base_ver: 0,
    actor: '1001',
    at: '2026-11-23T01:00:00.000Z',
    hlc: '019ab0000000-0000',
    body: BODIES[kind],
  };
  return sealOp(draft, genesisHash(DEVICE, 1, digest), digest);
}

describe('each kind of op', () => {
  test.each(KINDS)('%s is the same after a journey over the wire', (kind) => {
    const op = seal(kind);
    const envelope = opEnvelope.parse(JSON.parse(JSON.stringify(op)));
    expect(parseOp(envelope)).toEqual({ ok: true, op });
  });

  test.each(KINDS)('%s refuses an unknown key and a missing one', (kind) => {
    expect(opBodies[kind].safeParse({ ...BODIES[kind], extra: 1 }).success).toBe(false);
    for (const key of Object.keys(BODIES[kind])) {
      const { [key]: _left, ...rest } = BODIES[kind] as unknown as Record<string, unknown>;
      const optional = key === 'note' && !/^(blanks|count|print|return|ticket|alarm|workorder)\./.test(kind);
      expect(opBodies[kind].safeParse(rest).success, key).toBe(optional);
    }
  });
});

test('nested objects are strict as well', () => {
  const body = acceptance(1);
  const strange: object[] = [
    { ...body, property: { ...body.property, extra: 1 } },
    { ...body, parties: body.parties.map((party) => ({ ...party, extra: 1 })) },
    {
      ...body,
      parties: body.parties.map((party) => ({ ...party, overrides: [{ code: 'card-unread', reason: 'x', extra: 1 }] })),
    },
    { ...body, materials: body.materials.map((material) => ({ ...material, extra: 1 })) },
    { ...body, clerk: { ...body.clerk, extra: 1 } },
  ];
  for (const each of strange) expect(opBodies['case.accepted'].safeParse(each).success).toBe(false);
});

test('the envelope is strict, and each of its fields has its form', () => {
  const op = seal('session.opened');
  expect(opEnvelope.safeParse(op).success).toBe(true);
  const wrong: object = {
    extra: 1,
    op_id: 'x',
    device: 'x',
    epoch: 0,
    seq: 1.5,
    kind: '',
    stream: 'case',
    base_ver: -1,
    actor: '',
    at: '2026-11-23 01:00',
    hlc: '0',
    body: [],
    body_hash: 'A'.repeat(64),
    prev_hash: '',
    hash: null,
  };
  for (const [key, value] of Object.entries(wrong)) {
    expect(opEnvelope.safeParse({ ...op, [key]: value }).success, key).toBe(false);
  }
});

test('an op of a newer program is told from a broken one', () => {
  const op = seal('session.opened');
  const envelope = opEnvelope.parse(op);
  expect(parseOp({ ...envelope, kind: 'case.archived' })).toEqual({ ok: false, reason: 'unknown-kind' });
  expect(parseOp({ ...envelope, kind: 'toString' })).toEqual({ ok: false, reason: 'unknown-kind' });
  expect(parseOp({ ...envelope, body: { staff: 7 } })).toEqual({ ok: false, reason: 'bad-body' });
});

test('a run of retention says how much it removed of the queue, and one of an older program does not', () => {
  const run = { terminal: 'W07', endedCases: 0, openCases: 0, drafts: 0 };
  const ofQueue = { preReviews: 2, appointments: 0, tickets: 40 };
  expect(opBodies['retention.ran'].parse({ ...run, ...ofQueue })).toEqual({ ...run, ...ofQueue });
  expect(opBodies['retention.ran'].safeParse({ ...run, tickets: -1 }).success).toBe(false);
});

test('a password never fits where its hash belongs', () => {
  const body = { ...BODIES['staff.upserted'], passwordHash: 'letmein' };
  expect(opBodies['staff.upserted'].safeParse(body).success).toBe(false);
});

test('an acceptance made under catalogue 2026.1, before project and certificate were asked, is still valid', () => {
  const body = acceptance(1, { catalogueVersion: '2026.1' });
  expect(opBodies['case.accepted'].parse(body)).toEqual(body);
});

test('project and certificate go over the wire as they are', () => {
  const property = { location: '示例街1号', certificate: { number: '辽房权证龙山字第12345号', legacy: true } };
  const body = acceptance(1, { itemCode: 'D01', projectKind: 'DEVELOPER', property });
  expect(opBodies['case.accepted'].parse(body)).toEqual(body);
  expect(opBodies['case.accepted'].safeParse({ ...body, projectKind: 'FARM' }).success).toBe(false);
});

test('every condition of the catalogue can be sent', () => {
  const asked = CATALOGUE.items.flatMap((item) => item.materials.flatMap((entry) => entry.when ?? entry.unless ?? []));
  for (const each of new Set(asked)) expect(condition.safeParse(each).success, each).toBe(true);
});

test('the draft of a page carries no number, clerk or state', () => {
  expect(acceptanceDraftSchema.safeParse(acceptanceDraft()).success).toBe(true);
  for (const key of ['number', 'clerk', 'path', 'window', 'state']) {
    expect(acceptanceDraftSchema.safeParse({ ...acceptanceDraft(), [key]: 'x' }).success, key).toBe(false);
  }
});

test('an acceptance at a home names its visit, and nothing but an appointment', () => {
  const body = { ...acceptance(1, { source: 'home-visit' }), appointment: DEVICE };
  expect(opBodies['case.accepted'].parse(body)).toEqual(body);
  expect(opBodies['case.accepted'].safeParse({ ...body, appointment: '12345678' }).success).toBe(false);
});
