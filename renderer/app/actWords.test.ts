import { expect, test } from 'vitest';
import { AUDIT_STREAMS } from '../../contract/auditStreams.ts';
import { opBodies } from '../../contract/ops.ts';
import { SLIP_KINDS } from '../../domain/case/types.ts';
import { HALL_STREAMS } from '../../domain/hall/reduceHall.ts';
import { t } from '../strings/index.ts';
import { actWords } from './actWords.ts';

test('what was done stands there in words', () => {
  expect(actWords({ kind: 'case.advanced', detail: 'T30' })).toBe('办理步骤 · T30 卡纸或打坏');
  expect(actWords({ kind: 'case.lane', detail: 'REV1 claim' })).toBe('岗位任务 · 初审 领取');
  expect(actWords({ kind: 'attempt.refused', detail: 'lane.act forbidden' })).toMatch(
    /^请求被拒 · lane.act · 您没有办理此项的权限/,
  );
  expect(actWords({ kind: 'note.added', detail: 'unmasked' })).toBe('写备注 · 查看完整号码');
  expect(actWords({ kind: 'session.opened', detail: '' })).toBe('登录');
  expect(actWords({ kind: 'data.checked', detail: '0' })).toBe('夜间核对数据 · 没有发现问题');
  expect(actWords({ kind: 'data.checked', detail: '2 blob-damaged' })).toBe('夜间核对数据 · 发现 2 处损坏');
});

test('what a newer program wrote is shown as it came, and nothing is left out', () => {
  expect(actWords({ kind: 'case.future', detail: 'T99' })).toBe('case.future · T99');
  expect(actWords({ kind: 'case.advanced', detail: 'T99' })).toBe('办理步骤 · T99');
  expect(actWords({ kind: 'attempt.refused', detail: 'x.y gone-code' })).toBe('请求被拒 · x.y gone-code');
});

test('every kind of op has a name, those of the payment desk among them', () => {
  const kinds: Readonly<Record<string, string | undefined>> = t.audit.kinds;
  expect(Object.keys(opBodies).filter((kind) => kinds[kind] === undefined)).toEqual([]);
});

test('every paper that was printed is named by its title', () => {
  expect(actWords({ kind: 'slip.printed', detail: 'express-slip' })).toBe('打印单据 · 快递单');
  const words = SLIP_KINDS.map((slip) => [slip, actWords({ kind: 'slip.printed', detail: slip })] as const);
  expect(words.filter(([slip, said]) => said.includes(slip))).toEqual([]);
  expect(actWords({ kind: 'slip.printed', detail: 'paper-of-tomorrow' })).toContain('paper-of-tomorrow');
});

test('the log can be asked for every stream of the hall, and each has a name', () => {
  expect(HALL_STREAMS.filter((stream) => !(AUDIT_STREAMS as readonly string[]).includes(stream))).toEqual([]);
  const streams: Readonly<Record<string, string | undefined>> = t.audit.streams;
  expect(AUDIT_STREAMS.filter((stream) => streams[stream] === undefined)).toEqual([]);
});
