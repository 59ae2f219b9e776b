import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpEnvelope } from '../../contract/ops.ts';
import {
  helloAnswer,
  outcomesAnswer,
  PREFER_HEADER,
  PREFERENCE_APPLIED_HEADER,
  PREFERS_ASYNC,
  PREFERS_MINIMAL,
  pushAnswer,
} from '../../contract/sync.ts';
import { type Answer, call, jsonRequest, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';
import { findingsIn } from '../../tests/fixtures/centreDatabase.ts';
import { OpMaker } from '../../tests/fixtures/opMaker.ts';
import { enrolSigned } from '../../tests/fixtures/signedTerminal.ts';

describe('a push of a long backlog over HTTP', () => {
  let server: Awaited<ReturnType<typeof startTestCentre>>;
  let terminal: TestTerminal;
  beforeEach(async () => {
    server = await startTestCentre();
    terminal = await server.enrol({ name: 'a' });
    for (let count = 0; count < 3; count += 1) terminal.maker.acceptCase();
  });
  afterEach(() => server.dispose());

  function send(ops: readonly OpEnvelope[], preference = `${PREFERS_MINIMAL}, ${PREFERS_ASYNC}`): Promise<Answer> {
    const { device, epoch } = terminal.maker;
    const init = jsonRequest({ device, epoch, ops }, terminal.token);
    return call(server.centre.url, '/sync/v1/push', {
      ...init,
      headers: { ...init.headers, [PREFER_HEADER]: preference },
    });
  }
  const hello = async () => {
    const { device, epoch, ops } = terminal.maker;
    const [seq, hash] = [ops.length, ops.at(-1)?.hash ?? ''];
    const body = { versions: [3], device, epoch, seq, hash };
    return helloAnswer.parse((await call(server.centre.url, '/sync/v1/hello', jsonRequest(body, terminal.token))).body);
  };
  const outcomes = async () => {
    const headers = { authorization: `Bearer ${terminal.token}` };
    const { body } = await call(server.centre.url, '/sync/v1/outcomes?epoch=1&after=0', { headers });
    return outcomesAnswer.parse(body).results.map(({ outcome }) => outcome);
  };

  it('is answered 202 with its chain, and one word for all its ops', async () => {
    const { ops } = terminal.maker;
    const answer = await send(ops);
    expect([answer.status, answer.headers.get(PREFERENCE_APPLIED_HEADER)]).toEqual([202, PREFERS_ASYNC]);
    expect(pushAnswer.parse(answer.body)).toMatchObject({ acked: 3, head: ops[2]?.hash, held: true, results: [] });
    // What depends on it comes after it.
    expect(await hello()).toMatchObject({ acked: 3, agrees: true, newestEpoch: 1 });
    expect(await outcomes()).toEqual(['applied', 'applied', 'applied']);
  });

  it('is judged at once for whoever does not ask for that: nothing changed for older programs', async () => {
    const { ops } = terminal.maker;
    const answer = await send(ops.slice(0, 2), PREFERS_MINIMAL);
    expect([answer.status, answer.headers.get(PREFERENCE_APPLIED_HEADER)]).toEqual([200, null]);
    expect(answer.body).not.toHaveProperty('held');
    expect((await terminal.push(ops)).results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
  });

  describe('while another of the same machine is on its way', () => {
    /** A push of which all but the last byte is sent. @returns sends the rest, and tells the status; or gives the line up */
    async function begin(ops: readonly OpEnvelope[]): Promise<{ end: () => Promise<number>; giveUp: () => void }> {
      const { device, epoch } = terminal.maker;
      const { headers, body } = jsonRequest({ device, epoch, ops }, terminal.token);
      const bytes = Buffer.from(String(body));
      const sent = httpRequest(`${server.centre.url}/sync/v1/push`, { method: 'POST' });
      const all = { ...headers, [PREFER_HEADER]: PREFERS_ASYNC, 'content-length': String(bytes.length) };
      for (const [name, value] of Object.entries(all)) sent.setHeader(name, value);
      const answered = new Promise<number>((resolve, reject) => {
        sent.on('error', reject).on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
      });
      await new Promise((resolve) => sent.write(bytes.subarray(0, -1), resolve));
      // Its head has been read: this request was begun after it.
      await hello();
      return {
        end: () => {
          sent.end(bytes.subarray(-1));
          return answered;
        },
        giveUp: () => {
          answered.catch(() => {});
          sent.destroy();
        },
      };
    }

    it('waits for it, when its last byte comes first', async () => {
      const { ops } = terminal.maker;
      const first = await begin(ops.slice(0, 1));
      const second = send(ops.slice(1));
      await hello();
      expect(await first.end()).toBe(202);
      expect((await second).status).toBe(202);
      await hello();
      expect(await outcomes()).toEqual(['applied', 'applied', 'applied']);
    });

    it('waits no longer when that is given up, or for more than a second', async () => {
      const { ops } = terminal.maker;
      const first = await begin(ops.slice(0, 1));
      const second = send(ops.slice(1));
      await hello();
      first.giveUp();
      expect(await second).toMatchObject({ status: 409, body: { code: 'gap', expected: 1 } });
      const stalled = await begin(ops.slice(0, 1));
      expect(await send(ops.slice(0, 2))).toMatchObject({ status: 202 });
      expect((await send(ops.slice(2))).status).toBe(202);
      // What comes all the same is known by then.
      expect(await stalled.end()).toBe(200);
    });
  });

  it('of a copy that goes on under the same numbers is refused, whichever of the two comes first', async () => {
    await send(terminal.maker.ops);
    const copy = new OpMaker({ name: 'a' });
    copy.openSession();
    expect(await send(copy.ops)).toMatchObject({ status: 409, body: { code: 'forked' } });
    expect(await outcomes()).toEqual(['applied', 'applied', 'applied']);
    expect(findingsIn(server.dir)).toEqual([]);
  });

  it('of who signs is promised by a receipt, which is shown at the next greeting and stands', async () => {
    const code = await server.centre.createEnrolmentCode({ terminal: 'W08' });
    const signed = await enrolSigned(server.centre.url, code, { name: 'b', terminal: '08' });
    signed.maker.acceptCase();
    const { device, epoch, ops } = signed.maker;
    const text = { device, epoch, ops, signature: signed.signChain() };
    const preference = { [PREFER_HEADER]: PREFERS_ASYNC };
    await signed.line.greet();
    const push = (body: object) =>
      signed.line.exchange({ method: 'POST', path: '/sync/v1/push', body, headers: preference });
    expect(await push({ ...text, signature: signed.key.sign('something else') })).toMatchObject({ status: 401 });
    const { receipt, held } = pushAnswer.parse((await push(text)).body);
    expect([held, receipt?.acked]).toEqual([true, 1]);
    const body = { versions: [3], device, epoch, seq: 1, hash: ops[0]?.hash, receipt };
    expect(await signed.post('/sync/v1/hello', body)).toMatchObject({ status: 200, body: { acked: 1, agrees: true } });
    expect(findingsIn(server.dir)).toEqual([]);
  });
});
