import { afterEach, expect, test } from 'vitest';
import { call, jsonRequest, temporaryFolder } from '../../tests/fixtures/centre.ts';
import { openAuthority } from '../../tests/fixtures/certificates509.ts';
import { uuidOf } from '../../tests/fixtures/opMaker.ts';
import { serveWithDoorInside } from '../commandBeside.ts';
import { createLogger } from '../logger.ts';
import { startCentre } from '../start.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('the door inside lets in the terminal of the pages alone, and is shut with the centre', async () => {
  const { dir, remove } = temporaryFolder();
  closing.push(remove);
  const authority = openAuthority();
  closing.push(authority.dispose);
  const { cert, key } = authority.issue('centre', 'IP:127.0.0.1');
  const [certText, keyText, ca] = [cert, key, authority.ca].map(authority.read) as [string, string, string];
  const door = serveWithDoorInside();
  const centre = await startCentre({
    dataDir: dir,
    tls: { cert: certText, key: keyText, ca },
    serve: door.serve,
    logger: createLogger('silent'),
  });
  closing.push(() => centre.close());
  const url = door.url() ?? '';
  expect(new URL(url)).toMatchObject({ protocol: 'http:', hostname: '127.0.0.1' });
  expect(centre.url).toMatch(/^https:/);

  const enrol = async (terminal: string) => {
    const code = await centre.createEnrolmentCode({ terminal });
    return call(url, '/sync/v1/enrol', jsonRequest({ code, device: uuidOf(0, terminal), terminal }));
  };
  expect((await enrol('W07')).status).toBe(401);
  const { status, body } = await enrol('C01');
  expect(status).toBe(200);
  const { token } = body as { token: string };
  const headers = { authorization: `Bearer ${token}` };
  expect((await call(url, '/sync/v1/pull?scope=catalog&after=0', { headers })).status).toBe(200);
  await centre.close();
  closing.pop();
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});
