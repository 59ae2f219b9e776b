import { beforeEach, expect, test } from 'vitest';
import { Circuit, GivenUpError } from './circuit.ts';

class Silence extends Error {}

let clock: number;
let circuit: Circuit;
let asked: number;
beforeEach(() => {
  clock = 5_000;
  asked = 0;
  circuit = new Circuit({
    ...{ silent: 3, givenUpMs: 2_000, monotonic: () => clock },
    isSilence: (error) => error instanceof Silence,
  });
});

/** @returns how it ended, in a word */
function ask(answer: 'done' | Error | Promise<string>): Promise<string> {
  const work = async () => {
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return circuit.through(work).catch((error: Error) => error.constructor.name);
}

async function fallSilent(): Promise<void> {
  for (let time = 0; time < 3; time += 1) expect(await ask(new Silence())).toBe('Silence');
  expect(circuit.isGivenUp).toBe(true);
  asked = 0;
}

test('after so many silences in a row nobody is asked until the time is over', async () => {
  await ask(new Silence());
  await ask(new Silence());
  expect(await ask('done')).toBe('done');
  await fallSilent();
  clock += 1_999;
  expect(await ask('done')).toBe(GivenUpError.name);
  expect(asked).toBe(0);
  clock += 1;
  expect(await ask('done')).toBe('done');
  expect(circuit.isGivenUp).toBe(false);
});

test('then one asks for all: the others go after its answer, and hear of its silence at once', async () => {
  await fallSilent();
  clock += 2_000;
  const first = Promise.withResolvers<string>();
  const one = ask(first.promise);
  const others = [ask('done'), ask('done')];
  await new Promise(setImmediate);
  expect(asked).toBe(1);
  first.resolve('answered');
  expect(await Promise.all([one, ...others])).toEqual(['answered', 'done', 'done']);

  await fallSilent();
  clock += 2_000;
  expect(await Promise.all([ask(new Silence()), ask('done')])).toEqual(['Silence', GivenUpError.name]);
  clock += 1_999;
  expect(await ask('done')).toBe(GivenUpError.name);
});

test('who is refused at once is spared no deadline: the next may ask, and one more silence gives it up again', async () => {
  await fallSilent();
  clock += 2_000;
  expect(await Promise.all([ask(new TypeError('refused')), ask('done')])).toEqual(['TypeError', 'done']);
  await fallSilent();
  clock += 2_000;
  await ask(new TypeError('refused'));
  expect(circuit.isGivenUp).toBe(false);
  await ask(new Silence());
  expect(circuit.isGivenUp).toBe(true);
});

test('what was asked before, and is silent only now, puts off nobody', async () => {
  const late = Promise.withResolvers<string>();
  const before = ask(late.promise);
  await fallSilent();
  clock += 1_500;
  late.reject(new Silence());
  expect(await before).toBe('Silence');
  clock += 500;
  expect(await ask('done')).toBe('done');
});

test('the one that tries for all is not believed when somebody else was answered meanwhile', async () => {
  await fallSilent();
  clock += 2_000;
  const trial = Promise.withResolvers<string>();
  const trying = ask(trial.promise);
  circuit.close();
  trial.reject(new Silence());
  expect(await trying).toBe('Silence');
  expect(await ask('done')).toBe('done');
});

test('somebody who knows better opens it before the time', async () => {
  await fallSilent();
  circuit.close();
  expect(await ask('done')).toBe('done');
  await ask(new Silence());
  expect(circuit.isGivenUp).toBe(false);
});
