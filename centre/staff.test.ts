import { argon2Sync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opBodies } from '../contract/ops.ts';
import { findOpDefect, genesisHash, type Op } from '../domain/ledger/op.ts';
import { openTestIngest } from '../tests/fixtures/ingest.ts';
import { sha256Hex } from './digest.ts';
import { hashPassword, type StaffChange, upsertStaff } from './staff.ts';

describe('password hash', () => {
  it('is a PHC string of argon2id that only this password gives, and differs each time', async () => {
    const password = '窗口 七';
    const phc = await hashPassword(password);
    const [, salt = '', tag = ''] =
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(phc) ?? [];
    const derive = (message: string) =>
      argon2Sync('argon2id', {
        message,
        nonce: Buffer.from(salt, 'base64'),
        memory: 19_456,
        passes: 2,
        parallelism: 1,
        tagLength: 32,
      }).toString('base64');
    expect(derive(password)).toBe(`${tag}=`);
    expect(derive('窗口 八')).not.toBe(`${tag}=`);
    expect(await hashPassword(password)).not.toBe(phc);
  });
});

describe('staff', () => {
  let centre: ReturnType<typeof openTestIngest>;
  beforeEach(() => {
    centre = openTestIngest();
  });
  afterEach(() => centre.dispose());
  const now = () => Date.UTC(2026, 10, 23);
  const wang: StaffChange = { number: '1001', name: '王敏', roles: ['WIN'], password: 'geheim' };

  it('goes to the hall as ops of the centre’s own chain, without the password', async () => {
    expect(await upsertStaff(centre.store, 'main', wang, now)).toMatchObject([{ scope: 'hall:main', head: 1 }]);
    await upsertStaff(centre.store, 'main', { ...wang, number: '1002', name: '李强' }, now);
    await upsertStaff(centre.store, 'main', { ...wang, roles: ['WIN', 'SUP'], active: false }, now);

    const ops = await centre.scope();
    const { device, epoch } = centre.store.self;
    let previous = genesisHash(device, epoch, sha256Hex);
    for (const [index, op] of ops.entries()) {
      expect(op).toMatchObject({ device, epoch, seq: index + 1, kind: 'staff.upserted' });
      expect(findOpDefect(op as Op, previous, sha256Hex)).toBeNull();
      expect(opBodies['staff.upserted'].safeParse(op.body).success).toBe(true);
      previous = op.hash;
    }
    const [first, second, third] = ops;
    expect(third).toMatchObject({ stream: first?.stream, base_ver: 1, body: { roles: ['WIN', 'SUP'], active: false } });
    expect(second?.stream).not.toBe(first?.stream);
    expect(JSON.stringify(ops)).not.toContain('geheim');
  });

  it('keeps the same badge number of two halls apart', async () => {
    await upsertStaff(centre.store, 'main', wang, now);
    await upsertStaff(centre.store, 'branch', wang, now);
    const [main] = await centre.scope('hall:main');
    const [branch] = await centre.scope('hall:branch');
    expect(branch?.stream).not.toBe(main?.stream);
    expect(branch?.seq).toBe(2);
  });

  it.each<[string, Partial<StaffChange>, RegExp]>([
    ['an empty password', { password: '' }, /password/],
    ['no roles', { roles: [] }, /roles/],
    ['a number too long', { number: '9'.repeat(41) }, /^(?!.*999).*number/],
    ['an empty name', { name: '' }, /name/],
  ])('refuses %s without repeating it, and writes nothing', async (_what, wrong, message) => {
    await expect(upsertStaff(centre.store, 'main', { ...wang, ...wrong }, now)).rejects.toThrow(message);
    expect(centre.store.stats().ops).toBe(0);
  });
});
