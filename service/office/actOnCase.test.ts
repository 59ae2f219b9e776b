import { afterEach, beforeEach, expect, test } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import type { OfficeAdvance } from '../../contract/office.ts';
import { acceptance } from '../../tests/fixtures/acceptance.ts';
import { caseStream, openTestStore } from '../../tests/fixtures/store.ts';
import type { ServiceContext } from '../context.ts';
import { actOnCase } from './actOnCase.ts';

const CLERK = { number: '1001', name: '示例', roles: ['WIN' as const] };
const WITHDRAW: OfficeAdvance = { transition: 'T40', data: { reason: '双方协商撤回', signed: ['张三'] } };

let fixture: ReturnType<typeof openTestStore>;
beforeEach(() => {
  fixture = openTestStore();
});
afterEach(() => fixture.dispose());

/** A line that is silent for a while, and then is known to be gone; meanwhile something arrives. */
function silentFor(meanwhile: () => void): ServiceContext {
  const act = async () => {
    meanwhile();
    throw new YichuangError('offline');
  };
  return {
    store: fixture.store,
    config: { terminal: { id: 'W07' } },
    sync: () => ({ isThere: async () => true, act }),
    committed: () => {},
  } as unknown as ServiceContext;
}

function withdraw(meanwhile: (stream: string) => void) {
  const { ledger } = fixture.store;
  const stream = caseStream();
  ledger.append({ kind: 'case.accepted', stream, actor: '1001', body: acceptance(1, { window: 'W07' }) });
  const request = {
    commandId: '01a21a9f-c4c9-701e-ac7a-7fe9f8445a56',
    caseId: stream.slice('case:'.length),
    baseVersion: 1,
    change: { kind: 'advance', advance: WITHDRAW } as const,
  };
  return actOnCase(
    silentFor(() => meanwhile(stream)),
    CLERK,
    request,
  );
}

test('a case that was moved to another window while nobody answered is not gone on with here', async () => {
  const acting = withdraw((stream) => {
    const body = { window: 'W08', reason: '原窗口停用' };
    fixture.store.ledger.append({ kind: 'case.taken', stream, actor: '1002', body });
  });
  await expect(acting).rejects.toMatchObject({ code: 'stale-version' });
  expect(fixture.store.ledger.head().seq).toBe(2);
});

test('a case that is as it was looked at goes on here when nobody answers', async () => {
  const { record } = await withdraw(() => {});
  expect(record).toMatchObject({ state: 'WITHDRAWN', version: 2 });
});
