import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { YichuangError } from '../contract/errors.ts';
import { TERMINAL_ROLES, type TerminalRole } from '../contract/roles.ts';
import type { Method } from '../contract/rpc/method.ts';
import { type MethodName, methods } from '../contract/rpc.ts';
import { openDatabase } from '../db/open.ts';
import { PROJECTION_TABLES } from '../db/project.ts';
import { digestTable } from '../db/verifyProjections.ts';
import { STAFF_ROLES, type StaffRole } from '../domain/staff/roles.ts';
import { MARK, openEndsOf, samplesOf, schemaOf, type Wrong, wrongsOf } from '../tests/fixtures/schemaSamples.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { CLERK } from '../tests/fixtures/staff.ts';
import { TEST_KEY } from '../tests/fixtures/store.ts';

/** What is no input at all, of any method. */
const NO_INPUT: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a text', MARK],
  ['a number', Number.NaN],
  ['a list', [MARK]],
];

/** Where an input may hold anything: a page's unfinished form. */
const OPEN_ENDS: Partial<Record<MethodName, string[]>> = {
  'draft.save': ['(root).draft'],
};

/** Inputs that cannot be made from their schema. */
const SAMPLES: Partial<Record<MethodName, unknown[]>> = {};

const NAMES = Object.keys(methods) as MethodName[];
const definitionOf = (name: MethodName): Method => methods[name];

function samples(name: MethodName): unknown[] {
  return SAMPLES[name] ?? samplesOf(schemaOf(definitionOf(name).input));
}

function wrongs(name: MethodName): Wrong[] {
  const schema = schemaOf(definitionOf(name).input);
  return [
    ...NO_INPUT.map(([what, value]) => ({ name: what, path: [], value })),
    ...samples(name).flatMap((sample) => wrongsOf(schema, sample)),
  ];
}

let lines = '';
let fixture: ReturnType<typeof startTestService>;
let watch: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines += String(chunk);
      done();
    },
  });
  const roles = Object.keys(STAFF_ROLES) as StaffRole[];
  fixture = startTestService({ staff: [{ ...CLERK, roles }], log: pino({ level: 'trace' }, stream) });
  watch = openDatabase({ file: `${fixture.dir}/yichuang.db`, keyHex: TEST_KEY, readonly: true });
});
afterAll(async () => {
  watch.close();
  await fixture.dispose();
});

const signIn = (role: TerminalRole) =>
  fixture.call('session.login', { number: CLERK.number, password: 'Yichuang-1001' }, `signed-${role}`, role);
const count = () => watch.prepare('SELECT count(*) FROM op').pluck().get() as number;
const digests = () => PROJECTION_TABLES.map((table) => digestTable(watch, table));
const localState = () =>
  ['draft', 'login_failure', 'signed_in', 'calibration', 'print_form'].map((table) =>
    JSON.stringify(watch.prepare(`SELECT * FROM ${table}`).all()),
  );

/** @returns the code; the error must repeat nothing of what came in */
async function refusal(connection: string, role: TerminalRole, name: MethodName, value: unknown): Promise<string> {
  try {
    await fixture.service.call(connection, role, name, value);
    return 'done';
  } catch (error) {
    if (!(error instanceof YichuangError)) return 'not an error of ours';
    expect(JSON.stringify(error)).not.toContain(MARK);
    return error.code;
  }
}

/** What only the page in front of the citizen may call. */
const CITIZENS: readonly MethodName[] = ['citizen.state', 'rating.submit'];

/** Asks with every wrong input. @returns those that were answered otherwise than expected */
async function surprises(
  connection: string,
  role: TerminalRole,
  name: MethodName,
  expected: string,
): Promise<string[]> {
  const before = { ops: count(), tables: digests(), local: localState() };
  const found: string[] = [];
  for (const wrong of wrongs(name)) {
    const code = await refusal(connection, role, name, wrong.value);
    if (code !== expected) found.push(`${wrong.name} → ${code}`);
    if (count() !== before.ops) found.push(`${wrong.name} wrote an op`);
  }
  expect({ ops: count(), tables: digests(), local: localState() }).toEqual(before);
  return found;
}

describe.each(NAMES)('%s', (name) => {
  const { roles, signedIn, input } = definitionOf(name);

  test('takes no text and no list without an end, and nothing that is not described', () => {
    expect(openEndsOf(schemaOf(input))).toEqual(OPEN_ENDS[name] ?? []);
  });

  test('has samples that fit, and enough that do not', () => {
    for (const sample of samples(name)) expect(input.safeParse(sample).error?.issues).toBeUndefined();
    expect(wrongs(name).length).toBeGreaterThanOrEqual(NO_INPUT.length + 3);
  });

  test(`refuses wrong input of ${signedIn ? 'a clerk' : 'anybody'} at every terminal that may call it, and changes nothing`, async () => {
    for (const role of roles) {
      if (signedIn) await signIn(role);
      // A calling screen is not the citizen's page: its input is not looked at.
      const expected = CITIZENS.includes(name) && role === 'screen' ? 'forbidden' : 'bad-input';
      expect(await surprises(signedIn ? `signed-${role}` : 'nobody', role, name, expected)).toEqual([]);
    }
  });

  test('looks at no input where nobody is signed in, or the terminal may not call it', async () => {
    const first = roles[0] ?? 'window';
    if (signedIn) expect(await surprises('nobody', first, name, 'not-signed-in')).toEqual([]);
    for (const role of TERMINAL_ROLES.filter((each) => !roles.includes(each))) {
      await signIn(role);
      expect(await surprises(`signed-${role}`, role, name, 'forbidden')).toEqual([]);
    }
  });
});

test.each(CITIZENS)('%s refuses wrong input of the page in front of the citizen', async (name) => {
  const citizen = startTestService({ config: { screen: { display: 2, shows: 'citizen' } } });
  try {
    for (const { name: what, value } of wrongs(name)) {
      const code = await citizen.service.call('citizen-1', 'screen', name, value).then(
        () => 'done',
        (error: YichuangError) => error.code,
      );
      expect(`${what} → ${code}`).toBe(`${what} → bad-input`);
    }
  } finally {
    await citizen.dispose();
  }
});

test('nothing of any input stands in the log', () => {
  expect(lines).not.toContain(MARK);
});

test('a method that does not exist is refused, whatever comes with it', async () => {
  for (const name of [MARK, '', '__proto__', 'constructor', 'toString']) {
    expect(await refusal('nobody', 'window', name as MethodName, {})).toBe('unknown-method');
  }
});
