import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { devicesConfig } from '../../contract/config/devices.ts';
import { parseTerminalConfig } from '../../contract/config.ts';
import { FINDING_CODES } from '../../contract/finding.ts';
import { ALARM_KINDS } from '../../domain/board/alarms.ts';
import { describeCommands } from '../program.ts';

/** What is said by hand in the documents, held against the tables and constants of the code. */

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const isNotOurs = (name: string) => /(^|\/)(node_modules|out|release|\.[^/]+)$/.test(name);
const DOCUMENTS = globSync('**/*.md', { cwd: ROOT, exclude: isNotOurs });

test('every command and option that a document names is there', async () => {
  const program = await describeCommands();
  const unknown = DOCUMENTS.flatMap((file) =>
    spansOf(read(file)).flatMap((span) => wrongIn(span, program).map((wrong) => `${file}: ${wrong} in ${span}`)),
  );
  expect(unknown).toEqual([]);
});

test('every file that a document links to is there', () => {
  const broken = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(path.join(ROOT, path.dirname(file), target)))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every source file that a document names is there', () => {
  const files = globSync('**/*.{ts,tsx,mjs}', { cwd: ROOT, exclude: isNotOurs });
  const isThere = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`));
  const missing = DOCUMENTS.flatMap((file) =>
    spansOf(read(file))
      .flatMap((span) => [...span.matchAll(/(?<![\w*…/>.-])\w[\w./-]*\.(?:tsx?|mjs)(?![\w.])/g)])
      .map(([name]) => name)
      .filter((name) => !isThere(name) && !BUILT.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every decision that is named somewhere is there', () => {
  const there = new Set(globSync('docs/adr/[0-9]*.md', { cwd: ROOT }).map((file) => path.basename(file).slice(0, 4)));
  const named = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/\bADR ((?:\d{4}(?:, | and | or )?)+)/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/\d{4}/g)].map(([number]) => ({ file, number })),
    ),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ number }) => !there.has(number))).toEqual([]);
});

test('every configuration that a document shows is one the program takes', () => {
  const shown = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/^\s*```jsonc\n(.*?)^\s*```/gms)].map(([, text = '']) => ({ file, text })),
  );
  expect(shown.length).toBeGreaterThan(8);
  const wrong = shown.flatMap(({ file, text }) => {
    const value = parse(text.trim().startsWith('{') ? text : `{${text}}`, [], { allowTrailingComma: true }) as object;
    if ('format' in value) return [];
    const isDevices = Object.keys(value).every((key) => key in DEVICES);
    const config = { terminal: { id: 'W07', hall: 'main' }, ...(isDevices ? { devices: value } : value) };
    try {
      parseTerminalConfig(JSON.stringify(config).replaceAll('"…"', '"XXXX-XXXX"'));
      return [];
    } catch (error) {
      return [{ file, says: (error as Error).message, text }];
    }
  });
  expect(wrong).toEqual([]);
});

test('the operations manual says what to do about every finding of a check, and every alarm of the board', () => {
  const findings = codesOf(tableUnder('finding'));
  expect(findings).toEqual([...FINDING_CODES, 'blob-missing', 'blob-damaged'].sort());
  const [, board = ''] = read('docs/operations.md').split('what is wrong with the hall itself');
  expect(codesOf(tableIn(board, 'code'))).toEqual(Object.keys(ALARM_KINDS).sort());
});

test('the operations manual names every figure for Prometheus with its labels, and no other', () => {
  const code = ['service/metrics/metrics.ts', 'centre/metrics/metrics.ts'].map(read).join('\n');
  const made = new Map<string, string>();
  for (const [, name = '', labels = ''] of code.matchAll(
    /name: '(yichuang_\w+)',\s*help: [^\n]+\n(?:\s*labelNames: \[([^\]]*)\])?/g,
  ))
    made.set(name, labels.replaceAll(/[' ]/g, ''));
  for (const [, name = ''] of code.matchAll(/(?:gauge|gaugeIn)\((?:\w+, )?\s*'(yichuang_\w+)'/g)) made.set(name, '');
  for (const [, name = '', label = ''] of code.matchAll(/\bby\(\s*'(yichuang_\w+)',\s*'[^']*',\s*'(\w+)'/g))
    made.set(name, label);
  const all = new Set([...code.matchAll(/'(yichuang_\w+)'/g)].map(([, name = '']) => name));
  expect(new Set(made.keys())).toEqual(all);
  const said = [...read('docs/operations.md').matchAll(/`(yichuang_\w+)(?:\{([\w,]+)\})?`/g)];
  expect(new Set(said.map(([, name]) => name))).toEqual(all);
  const withLabels = said.flatMap(([, name = '', labels]) => (labels === undefined ? [] : [`${name}{${labels}}`]));
  const toBeSaid = [...made].flatMap(([name, labels]) => (labels === '' ? [] : [`${name}{${labels}}`]));
  expect(new Set(withLabels)).toEqual(new Set(toBeSaid));
});

/** Stand for any, or are made by the build. */
const BUILT = new Set(['x.ts', 'x.test.ts', 'migrations/NNNN-what.ts', 'yichuang.mjs']);

const DEVICES = devicesConfig.shape;

/** First cells of the rows of the first table with this title in its first cell. */
function tableIn(text: string, title: string): string[] {
  const [, table = ''] = new RegExp(`^\\| ${title} \\|.*\\n\\|---.*\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? [];
  return table.split('\n').map((row) => row.split(' | ')[0] ?? '');
}

const tableUnder = (title: string) => tableIn(read('docs/operations.md'), title);

const codesOf = (cells: readonly string[]) =>
  cells.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code)).sort();

/** Numbers in a document: the words around them, and the constants, each with the unit it is said in. */
type Said = readonly [words: RegExp, ...constants: [file: string, name: string, unit: number][]];

const SYNC_SAYS: readonly Said[] = [
  [
    /a request; a call of the queue; presence; state of a hub \| ([\d,]+); ([\d,]+); ([\d,]+); ([\d,]+) \|/,
    ['link/httpLine.ts', 'EXCHANGE_DEADLINE_MS', 1],
    ['sync/centreApi.ts', 'QUEUE_DEADLINE_MS', 1],
    ['sync/centreApi.ts', 'HALL_DEADLINE_MS', 1],
    ['sync/centreApi.ts', 'STATE_DEADLINE_MS', 1],
  ],
  [/for somebody who presses \| ([\d,]+) \|/, ['link/underWay.ts', 'REACH_MS', 1]],
  [/given up when somebody is there \| ([\d,]+) \|/, ['link/underWay.ts', 'LATE_MS', 1]],
  [
    /live line: first byte; silence \| ([\d,]+); ([\d,]+) \|/,
    ['link/httpLine.ts', 'FIRST_BYTE_MS', 1],
    ['link/httpLine.ts', 'LIVE_SILENCE_MS', 1],
  ],
  [/one question for hints \| ([\d,]+) \|/, ['link/liveLine.ts', 'WAIT_MS', 1]],
  [/a hub waits for the centre's word in a push \| ([\d,]+) \|/, ['centre/relay/relay.ts', 'ANSWER_WAIT_MS', 1]],
  [
    /the rest of the log in a take-over \| ([\d,]+); ([\d,]+) \|/,
    ['centre/hub/follower.ts', 'FOLLOW_DEADLINE_MS', 1],
    ['centre/hub/follower.ts', 'REST_MS', 1],
  ],
  [
    /after the last push; after the first \| ([\d,]+); ([\d,]+) \|/,
    ['centre/intake/intake.ts', 'idle', 1],
    ['centre/intake/intake.ts', 'longest', 1],
  ],
  [
    /before the terminal gives up \| ([\d,]+); ([\d,]+) \|/,
    ['centre/relay/askedByTerminals.ts', 'COMMAND_DEADLINE_MS', 1],
    ['centre/relay/askedByTerminals.ts', 'PATIENCE_MS', 1],
  ],
  [/a request has to arrive whole \| ([\d,]+) \|/, ['centre/http/server.ts', 'REQUEST_TIMEOUT_MS', 1]],
  [/calls its own tickets \(应急叫号\) \| ([\d,]+) \|/, ['service/queue/hubWatch.ts', 'SILENCE_MS', 1]],
  [/a comment every (\d+) s/, ['centre/heartbeat.ts', 'EVERY_MS', 1000]],
  [/within (\d+) s though other requests do/, ['link/httpLine.ts', 'FIRST_BYTE_MS', 1000]],
  [
    /or after (\d+) s, and tries the stream again after (\d+) minutes/,
    ['link/liveLine.ts', 'WAIT_MS', 1000],
    ['link/liveLine.ts', 'TRY_STREAM_AGAIN_MS', 60_000],
  ],
  [
    /everything is asked every (\d+) s \(a hub: (\d+) s\)/,
    ['sync/exchange.ts', 'IDLE_MS', 1000],
    ['centre/relay/relay.ts', 'IDLE_MS', 1000],
  ],
  [/lets an act pass; after (\d+) s/, ['link/trafficGate.ts', 'RECORDS_WAIT_MS', 1000]],
  [
    /anything up to ([\d.]+), 1, 2 … (\d+) s/,
    ['link/backOff.ts', 'FIRST_MS', 1000],
    ['link/backOff.ts', 'MAX_MS', 1000],
  ],
  [
    /asked again for (\d+) s, a command of the queue for (\d+) s/,
    ['sync/acts.ts', 'ACT_PATIENCE_MS', 1000],
    ['sync/acts.ts', 'QUEUE_PATIENCE_MS', 1000],
  ],
  [/the line is given up for (\d+) s/, ['link/httpLine.ts', 'GIVEN_UP_MS', 1000]],
  [/what is new there is fetched, for (\d+) s at most/, ['sync/reach.ts', 'CATCH_UP_MS', 1000]],
  [/an exchange, for (\d+) s at most/, ['centre/relay/askedByTerminals.ts', 'CATCH_UP_MS', 1000]],
  [
    /`spreadMs`, (\d+) ms for each machine that speaks there, at most (\d+) s/,
    ['centre/http/continuityRoutes.ts', 'SPREAD_EACH_MS', 1],
    ['centre/http/continuityRoutes.ts', 'SPREAD_MAX_MS', 1000],
  ],
  [/at most (\d+) and 1 MiB unpacked/, ['contract/sync.ts', 'PUSH_MAX_OPS', 1]],
  [/reads the rest of its log before it decides, for (\d+) s at most/, ['centre/hub/follower.ts', 'REST_MS', 1000]],
];

const OTHERS_SAY: Readonly<Record<string, readonly Said[]>> = {
  'docs/threat-model.md': [
    [
      /(\d+) sockets, (\d+) per address, (\d+) calls under way, (\d+) s to greet/,
      ['service/access/office.ts', 'total', 1],
      ['service/access/office.ts', 'perAddress', 1],
      ['service/rpcServer.ts', 'MAX_UNDER_WAY', 1],
      ['service/rpcServer.ts', 'HELLO_DEADLINE_MS', 1000],
    ],
    [
      /bounded: ([\d,]+) ops of a hall, ([\d,]+) in all/,
      ['centre/intake/waitingRoom.ts', 'MAX_OF_HALL', 1],
      ['centre/intake/waitingRoom.ts', 'MAX_ALL', 1],
    ],
    [
      /(\d+) connections, (\d+) bytes, (\d+) s/,
      ['centre/rating/door.ts', 'MOST_CONNECTIONS', 1],
      ['centre/rating/door.ts', 'bodyLimit', 1],
      ['centre/rating/door.ts', 'REQUEST_MS', 1000],
    ],
  ],
  'docs/operations.md': [
    [
      /Limits: (\d+) open pages, (\d+) from one address/,
      ['service/access/office.ts', 'total', 1],
      ['service/access/office.ts', 'perAddress', 1],
    ],
    [/After (\d+) s without the hub a window calls/, ['service/queue/hubWatch.ts', 'SILENCE_MS', 1000]],
    [/newest ([\d,]+) lines of each log/, ['service/diagnosis/bundle.ts', 'LOG_LINES', 1]],
    [
      /fewer than (\d+) blank certificates in a drawer; than (\d+) numbers/,
      ['domain/board/types.ts', 'blanksLow', 1],
      ['domain/board/types.ts', 'numbersLow', 1],
    ],
  ],
};

test('the times in docs/sync.md are those of the program, and none of its table is left out', () => {
  const text = holdAgainst('docs/sync.md', SYNC_SAYS);
  const [, table = ''] = /## Time-outs(.*?)## /.exec(text) ?? [];
  const rows = table.split(' | ').filter((cell) => /^[\d,; ]+$/.test(cell.trim()));
  expect(rows).toHaveLength(SYNC_SAYS.filter(([words]) => words.source.endsWith('\\|')).length);
});

test.each(Object.entries(OTHERS_SAY))('the limits in %s are those of the program', (file, said) => {
  holdAgainst(file, said);
});

/** @returns the document, in one line */
function holdAgainst(file: string, said: readonly Said[]): string {
  const text = read(file).replaceAll('\n', ' ');
  for (const [words, ...constants] of said) {
    const [found, ...numbers] = words.exec(text) ?? [];
    expect(found, `${file} says nothing of ${words}`).toBeDefined();
    const values = numbers.map((number, at) => Number(number.replaceAll(',', '')) * (constants[at]?.[2] ?? 1));
    expect({ found, values }).toEqual({ found, values: constants.map(([where, name]) => constantOf(where, name)) });
  }
  return text;
}

function constantOf(file: string, name: string): number {
  const [, value = ''] = new RegExp(`\\b${name}(?: =|:) ([\\d_]+)[;,\\s]`).exec(read(file)) ?? [];
  expect(value, `${file} has no ${name}`).not.toBe('');
  return Number(value.replaceAll('_', ''));
}

/** Code in a text: blocks, with lines that end in a backslash joined, and spans. */
function spansOf(text: string): string[] {
  const blocks = [...text.matchAll(/^\s*```[^\n]*\n(.*?)^\s*```/gms)].map(([, block = '']) => block);
  const rest = text.replaceAll(/^\s*```[^\n]*\n.*?^\s*```/gms, '');
  const lines = blocks
    .flatMap((block) => block.replaceAll(/\\\n/g, ' ').split('\n'))
    .map((line) => line.replace(/ #.*/, ''));
  return [...lines, ...[...rest.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll('\n', ' '))];
}

/** The command after `yichuang` and the options behind it, or a lone option, where nothing of the kind is known. */
function wrongIn(span: string, program: Command): string[] {
  const options = [...span.matchAll(/(?<=^|\s|\[)--([a-z][a-z-]*)(?=$|[\s=\]])/g)].map(([, name = '']) => `--${name}`);
  const [, name] = /\byichuang ([a-z][a-z-]*)/.exec(span) ?? [];
  if (name === undefined) {
    if (!span.startsWith('--')) return [];
    return options.filter((option) => !OTHERS.has(option) && !program.commands.some((each) => has(each, option)));
  }
  const command = program.commands.find((each) => each.name() === name);
  return command ? options.filter((option) => !has(command, option) && option !== '--help') : [name];
}

const has = (command: Command, option: string) => command.options.some(({ long }) => long === option);

/** Of `npm start`, of the window's program, of Chromium and of scripts. */
const OTHERS = new Set(['--role', '--check', '--demo', '--no-sandbox', '--full', '--test']);
