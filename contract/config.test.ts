import { describe, expect, test } from 'vitest';
import { USUAL_KEYS } from './config/hall.ts';
import { ConfigError, parseTerminalConfig } from './config.ts';

/** The example of design.md §9, without the parts of later versions. */
const EXAMPLE = {
  terminal: {
    id: 'W07',
    role: 'window',
    hall: 'main',
    floor: 2,
    place: 'hall',
    offers: ['registration'],
    branchOpen: false,
  },
  hours: { friday: ['08:30-12:00'] },
  hub: { url: 'http://127.0.0.1:7400', enrolmentCode: 'K7QF-2M9X' },
  devices: {
    idReader: { driver: 'sam-ga450', port: '/dev/ttyUSB0' },
    ticketPrinter: { driver: 'escpos', port: 'tcp://127.0.0.1:4002', columns: 32 },
    certificatePrinter: { driver: 'escp', port: 'COM5', dialect: 'escp2' },
  },
};

function problemsOf(value: unknown): string[] {
  try {
    parseTerminalConfig(typeof value === 'string' ? value : JSON.stringify(value));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.path);
    throw error;
  }
}

/** A copy of the example with one value put at a dotted path. */
function withValue(path: string, value: unknown): unknown {
  const copy = structuredClone(EXAMPLE) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let place = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  place[last] = value;
  return copy;
}

test('the smallest file is filled up with defaults', () => {
  expect(parseTerminalConfig('{"terminal":{"id":"W07","hall":"main"}}')).toEqual({
    terminal: {
      id: 'W07',
      role: 'window',
      hall: 'main',
      floor: 2,
      place: 'hall',
      offers: ['registration'],
      branchOpen: false,
    },
    agency: '辽源市不动产登记交易中心',
    devices: {},
    hall: { keys: USUAL_KEYS },
    screen: { shows: 'screen' },
    hours: { usual: ['08:30-11:30', '13:00-16:30'] },
    retention: { endedCases: 7, openCases: 30, drafts: 30, appointments: 90, tickets: 90 },
    papers: { address: '', phone: '', reviewBody: '本级人民政府或者上一级主管部门', court: '有管辖权的人民法院' },
    shortcuts: {
      callNext: 'Ctrl+Shift+F1',
      recall: 'Ctrl+Shift+F2',
      finish: 'Ctrl+Shift+F3',
      noShow: 'Ctrl+Shift+F4',
      pause: 'Ctrl+Shift+F5',
      transfer: 'Ctrl+Shift+F6',
      hold: 'Ctrl+Shift+F7',
      callBack: 'Ctrl+Shift+F8',
    },
    backup: { everyMinutes: 60 },
    durability: { reserveMegabytes: 64, scanHour: 22 },
    images: { kilobytesPerSecond: 2048 },
    lockAfterMinutes: 10,
    reloginAfterMinutes: 30,
  });
});

test("the citizen's page stands only at a window, on a display that is named", () => {
  const at = (role: string, screen: object) =>
    parseTerminalConfig(JSON.stringify({ terminal: { id: 'W07', role, hall: 'main' }, screen })).screen;
  expect(at('window', { display: 2, shows: 'citizen' })).toEqual({ display: 2, shows: 'citizen' });
  expect(() => at('supervisor', { display: 2, shows: 'citizen' })).toThrow('screen.shows');
  expect(() => at('window', { shows: 'citizen' })).toThrow('screen.display');
});

test('a machine may show a calling screen on another display and serve it to TVs', () => {
  const at = (screen: object) =>
    parseTerminalConfig(JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, screen })).screen;
  expect(at({ display: 2, floor: 3, tv: { port: 7490 } })).toEqual({
    display: 2,
    shows: 'screen',
    floor: 3,
    tv: { host: '0.0.0.0', port: 7490 },
  });
  expect(() => at({ display: 0 })).toThrow('screen.display');
  expect(() => at({ display: 2, shows: 'clerk' })).toThrow('screen.shows');
  expect(() => at({ floor: 12 })).toThrow('screen.floor');
  expect(() => at({ tv: {} })).toThrow('screen.tv.port');
  expect(() => at({ tv: { port: 7490, token: 'x' } })).toThrow('screen.tv.token: unknown key');
});

test('the branch hall is planned: a terminal there needs a word that it is open', () => {
  const at = (extra: string) =>
    parseTerminalConfig(`{"terminal":{"id":"W41","hall":"branch","place":"branch"${extra}}}`);
  expect(() => at('')).toThrow('terminal.place');
  expect(at(',"branchOpen":true').terminal.place).toBe('branch');
});

test('the window in the provident-fund hall has both businesses', () => {
  const at = (offers: string) =>
    parseTerminalConfig(`{"terminal":{"id":"W31","hall":"main","place":"pf-hall","offers":${offers}}}`);
  expect(at('["registration","provident-fund"]').terminal.offers).toHaveLength(2);
  expect(() => at('[]')).toThrow('terminal.offers');
  expect(() => at('["tax"]')).toThrow('terminal.offers.0');
});

test('comments and a comma too many are allowed', () => {
  const text = `{ // window 7\n "terminal": { "id": "W07", "hall": "main", }, /* no devices yet */ }`;
  expect(parseTerminalConfig(text).terminal.id).toBe('W07');
});

test('the example is right', () => {
  const config = parseTerminalConfig(JSON.stringify(EXAMPLE));
  expect(config.devices.idReader?.baudRate).toBe(115_200);
  expect(config.devices.ticketPrinter).toMatchObject({
    columns: 32,
    baudRate: 9600,
    status: true,
    flowControl: 'none',
  });
  expect(config.devices.certificatePrinter).toMatchObject({ flowControl: 'xonxoff', textMode: 'raster' });
});

describe('an unknown key is named with its path', () => {
  test.each([
    'colour',
    'terminal.colour',
    'hub.colour',
    'devices.colour',
    'devices.idReader.colour',
    'devices.ticketPrinter.colour',
    'hours.colour',
  ])('%s', (path) => {
    expect(problemsOf(withValue(path, 'red'))).toEqual([path]);
  });

  test('all of them at once', () => {
    expect(problemsOf({ ...EXAMPLE, a: 1, b: 2, devices: { c: {} } })).toEqual(['devices.c', 'a', 'b']);
  });
});

describe('a wrong value is named with its path', () => {
  test.each([
    ['terminal.id', 'window 7'],
    ['terminal.id', 'W7'],
    ['terminal.role', 'boss'],
    ['terminal.hall', 'Main Hall'],
    ['terminal.floor', 0],
    ['terminal.floor', '2'],
    ['agency', ''],
    ['hub.url', 'ftp://127.0.0.1'],
    ['hub.url', '127.0.0.1:7400'],
    ['hub.enrolmentCode', 'short'],
    ['devices.idReader.driver', 'other'],
    ['devices.idReader.port', ''],
    ['devices.idReader.port', 'tcp://127.0.0.1'],
    ['devices.idReader.baudRate', 300],
    ['devices.ticketPrinter.driver', 'sam-ga450'],
    ['devices.ticketPrinter.port', 'tcp://a b:1'],
    ['devices.ticketPrinter.columns', 100],
    ['devices.ticketPrinter.status', 'yes'],
    ['devices.ticketPrinter.flowControl', 'dtr'],
    ['devices.certificatePrinter.driver', 'oki'],
    ['devices.certificatePrinter.dialect', 'escp'],
    ['devices.certificatePrinter.resolution', 360],
    ['devices.certificatePrinter.patienceSeconds', 0],
    ['lockAfterMinutes', 0],
    ['hours.usual', ['8:30-11:30']],
    ['hours.usual', []],
    ['hours.friday', ['13:00-16:30', '08:30-11:30']],
  ])('%s = %j', (path, value) => {
    expect(problemsOf(withValue(path, value))).toEqual([path]);
  });

  test('a missing part too', () => {
    expect(problemsOf({})).toEqual(['terminal']);
    expect(problemsOf({ terminal: {} })).toEqual(['terminal.id', 'terminal.hall']);
    expect(problemsOf('[]')).toEqual(['(root)']);
  });
});

test('broken JSON is named with its place', () => {
  expect(problemsOf('{"terminal":{"id":"W07",')).not.toEqual([]);
  expect(problemsOf('{\n  "terminal": { "id": "W07" }\n  "devices": {}\n}')).toEqual(['line 3, column 3']);
  expect(problemsOf('')).toEqual(['line 1, column 1']);
});

test('a file that an editor of Windows saved with a mark of its encoding is read', () => {
  expect(parseTerminalConfig('\uFEFF{ "terminal": { "id": "W07", "hall": "main" } }').terminal.id).toBe('W07');
});

test('values are not repeated: the file may hold an enrolment code', () => {
  const secret = 'SECRET-CODE-9999';
  for (const path of [
    'hub.url',
    'terminal.id',
    'terminal.role',
    'devices.idReader.driver',
    'devices.idReader.baudRate',
  ]) {
    try {
      parseTerminalConfig(JSON.stringify(withValue(path, secret)));
      expect.unreachable(path);
    } catch (error) {
      expect(String(error)).not.toContain(secret);
    }
  }
});

test('keys over other programs are strict: modifiers, one key, no key twice, no key of everyday typing', () => {
  const at = (shortcuts: string) =>
    parseTerminalConfig(`{"terminal":{"id":"W07","hall":"main"},"shortcuts":${shortcuts}}`);
  expect(at('{"callNext":"Ctrl+Alt+Q","recall":null}').shortcuts).toMatchObject({
    callNext: 'Ctrl+Alt+Q',
    recall: null,
    finish: 'Ctrl+Shift+F3',
  });
  for (const keys of ['F1', 'Ctrl+C', 'Shift+A', 'Ctrl+', 'Hyper+F1', 'Ctrl+Shift+F25', '']) {
    expect(() => at(JSON.stringify({ callNext: keys }))).toThrow('shortcuts.callNext');
  }
  expect(() => at('{"callnext":"Ctrl+F1"}')).toThrow('shortcuts.callnext');
  expect(() => at('{"callNext":"Ctrl+Shift+F2"}')).toThrow('two shortcuts have the same keys');
});
