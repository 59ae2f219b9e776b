import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { helloAnswer, syncError, waitAnswer } from '../../contract/sync.ts';
import { genesisHash } from '../../domain/ledger/op.ts';
import { type Answer, call, jsonRequest, startTestCentre, type TestTerminal } from '../../tests/fixtures/centre.ts';
import { sha256Hex } from '../digest.ts';

describe('waiting for hints', () => {
  let test: Awaited<ReturnType<typeof startTestCentre>>;
  let w07: TestTerminal;
  let w08: TestTerminal;
  beforeEach(async () => {
    test = await startTestCentre();
    w07 = await test.enrol({ name: 'a', terminal: '07' });
    w08 = await test.enrol({ name: 'b', terminal: '08' });
  });
  afterEach(() => test.dispose());

  const ask = (known: string, waitMs: number): Promise<Answer> =>
    call(test.centre.url, `/sync/v1/wait?${new URLSearchParams({ known, waitMs: String(waitMs) })}`, {
      headers: { authorization: `Bearer ${w08.token}` },
    });
  const hints = async (answer: Promise<Answer>) => waitAnswer.parse((await answer).body).hints;

  it('is answered at once with what is news, and otherwise when something comes', async () => {
    w07.maker.acceptCase();
    await w07.push();
    const { head } = await w08.pull();
    expect(await hints(ask('', 20_000))).toEqual([{ scope: 'hall:main', head }]);
    expect(await hints(ask(`hall:main@${head}`, 0))).toEqual([]);
    const waiting = hints(ask(`hall:main@${head},catalog@0`, 20_000));
    w07.maker.acceptCase();
    await w07.push(w07.maker.ops.slice(-1));
    expect(await waiting).toEqual([{ scope: 'hall:main', head: (await w08.pull()).head }]);
  });

  it('is ended by the next question of the same machine, and by the end of the centre', async () => {
    const first = hints(ask('', 20_000));
    const second = hints(ask('', 20_000));
    // Whichever comes second at the centre ends the other.
    expect(await Promise.race([first, second])).toEqual([]);
    await test.centre.close();
    expect(await Promise.all([first, second])).toEqual([[], []]);
  });

  it('refuses what is no position and longer waits than agreed', async () => {
    for (const [known, waitMs] of [
      ['hall:main', 0],
      ['hall:main@1,', 0],
      ['', 25_001],
    ] as const) {
      const answer = await ask(known, waitMs);
      expect(answer.status).toBe(400);
      expect(syncError.parse(answer.body).code).toBe('bad-request');
    }
  });

  it('hello speaks three versions, and tells only the newest what older ones do not know', async () => {
    const hello = async (versions: number[]) => {
      const { device } = w08.maker;
      const body = { versions, device, epoch: 1, seq: 0, hash: genesisHash(device, 1, sha256Hex) };
      return call(test.centre.url, '/sync/v1/hello', jsonRequest(body, w08.token));
    };
    const said = async (versions: number[]) => {
      const { version, hub, spreadMs } = helloAnswer.parse((await hello(versions)).body);
      return { version, names: hub !== undefined, spreads: spreadMs };
    };
    // Two machines, 4 ms each.
    expect(await said([3, 2, 1])).toEqual({ version: 3, names: true, spreads: 8 });
    expect(await said([2, 1])).toEqual({ version: 2, names: true, spreads: undefined });
    expect(await said([1])).toEqual({ version: 1, names: false, spreads: undefined });
    expect((await hello([4])).status).toBe(426);
  });
});
