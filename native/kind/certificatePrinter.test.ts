import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { devicesConfig, type EscpConfig } from '../../contract/config/devices.ts';
import type { DeviceEventPayload } from '../../contract/deviceProtocol.ts';
import { openPtyPair } from '../../tests/fixtures/pty.ts';
import { Devices } from '../devices.ts';
import { systemEnvironment } from '../driver/environment.ts';
import { encodePage } from '../driver/escp/passes.ts';
import { EscpMachine } from '../simulator/escp/machine.ts';
import { type EscpSimulatorOptions, startEscpSimulator } from '../simulator/escp/simulator.ts';
import { openTransport } from '../transport/open.ts';

/** A certificate from the call to the paper: a real terminal line or a real socket, and a printer that can fail. */

const PAPER = { width: 1850, height: 2600 };
/** Of a machine that is busy with other things. */
const PATIENT = { timeout: 45_000 };
const undo: (() => unknown)[] = [];
let job: Uint8Array;
let dots: Uint8Array;

beforeAll(() => {
  // A page with something everywhere: 20 kB.
  const [width, height] = [1311, 1843];
  const page = new Uint8Array(width * height);
  for (let row = 100; row < height - 100; row += 60) {
    for (let column = 100; column < 500; column += 1) page[row * width + column] = column % 7 < 3 ? 1 : 0;
  }
  const options = { dialect: 'escp2', quality: 'letter', highSpeed: 'unset', fineSteps: true } as const;
  job = encodePage({ dots: { width, height, dots: page }, dpiX: 180 }, PAPER.height, options);
  const machine = new EscpMachine({ dialect: 'escp2', paper: PAPER });
  machine.receive(job);
  dots = machine.pages[0]?.dots ?? new Uint8Array();
});

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

type Progress = DeviceEventPayload<'certificate.progress'>;

async function start(port: string, config: Partial<EscpConfig> = {}) {
  const progress: Progress[] = [];
  const devices = new Devices({
    list: async () => [],
    open: openTransport,
    emit: (event, payload) => {
      if (event === 'certificate.progress') progress.push(payload as Progress);
    },
    environment: systemEnvironment(),
    random: () => 0,
    date: () => new Date(),
    onHang: () => {},
  });
  undo.push(() => devices.close());
  const printer = { driver: 'escp', port, flowControl: 'xonxoff', baudRate: 460_800, patienceSeconds: 1, ...config };
  await devices.call('start', devicesConfig.parse({ certificatePrinter: printer }));
  const send = (jobId: string) =>
    devices.call('certificate.send', { jobId, bytes: Buffer.from(job).toString('base64') }).then(
      (value) => ({ value, error: null }),
      (error: unknown) => ({ value: null, error: error as { code: string; details: unknown } }),
    );
  const health = async () =>
    ((await devices.call('devices.test', { device: 'certificatePrinter' })) as { health: string }).health;
  return { send, health, progress };
}

async function overTcp(printer: Partial<EscpSimulatorOptions> = {}, config: Partial<EscpConfig> = {}) {
  const simulator = await startEscpSimulator({ port: 'tcp://127.0.0.1:0', paper: PAPER, ...printer });
  undo.push(() => simulator.close());
  return { simulator, ...(await start(simulator.port, config)) };
}

async function overSerial(printer: Partial<EscpSimulatorOptions> = {}, config: Partial<EscpConfig> = {}) {
  const pair = await openPtyPair();
  undo.push(() => pair.close());
  const simulator = await startEscpSimulator({ port: pair.b, paper: PAPER, ...printer });
  undo.push(() => simulator.close());
  return { simulator, pair, ...(await start(pair.a, config)) };
}

const eventually = (check: () => void) => vi.waitFor(check, { timeout: 45_000, interval: 5 });
const isWholePage = (page: { dots: Uint8Array } | undefined): boolean =>
  page !== undefined && Buffer.compare(page.dots, dots) === 0;

describe.each([
  ['a socket', overTcp],
  ['a serial line', overSerial],
] as const)('over %s', (_, open) => {
  test('the page comes out whole, and the answer says what was sent', async () => {
    const { simulator, send, progress } = await open();
    const { value } = await send('job-1');
    expect(value).toMatchObject({ jobId: 'job-1', bytes: job.length });
    await eventually(() => expect(simulator.pages()).toHaveLength(1));
    expect(isWholePage(simulator.pages()[0])).toBe(true);
    expect(simulator.pages()[0]?.ops.filter((op) => op.kind === 'finding')).toEqual([]);
    const sent = progress.map((each) => each.sent);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(progress.at(-1)).toEqual({ jobId: 'job-1', phase: 'sent', sent: job.length, total: job.length });
  });

  test.each(['garbage', 'duplicate', 'late', null] as const)(
    'a printer slower than the line stops the sender and loses nothing: %s',
    async (fault) => {
      const { simulator, send } = await open(
        { printSpeed: 20_000, lateMs: 20, fault: fault ?? undefined },
        { patienceSeconds: 30 },
      );
      expect((await send('job-1')).error).toBeNull();
      await eventually(() => expect(simulator.pages()).toHaveLength(1));
      expect(simulator.state().lost).toBe(0);
      expect(isWholePage(simulator.pages()[0])).toBe(true);
    },
  );

  test('one that cannot say so overruns: the fault the test above would find', async () => {
    const { simulator, send } = await open({ buffer: 2048, printSpeed: 5000, fault: 'silence' });
    await send('job-1');
    await eventually(() => expect(simulator.state().lost).toBeGreaterThan(0));
  });

  test('paper that runs out under the job is waited for', async () => {
    // What is still sent while XOFF is on its way fits in a quarter of the buffer, on a busy machine too.
    const { simulator, send, progress } = await open({ buffer: 16_384, printSpeed: 20_000 }, { patienceSeconds: 30 });
    const sending = send('job-1');
    await eventually(() => expect(progress.at(-1)?.sent).toBeGreaterThan(job.length / 4));
    simulator.setFault('paper-out');
    await eventually(() => expect(simulator.state().buffered).toBeGreaterThan(500));
    simulator.setFault(null);
    expect((await sending).error).toBeNull();
    await eventually(() => expect(simulator.pages()).toHaveLength(1));
    expect(isWholePage(simulator.pages()[0])).toBe(true);
  });

  test('when nobody lays paper the job is given up, and what was held back never comes', async () => {
    const { simulator, send } = await open({ buffer: 8192, printSpeed: 20_000 });
    const sending = send('job-1');
    await eventually(() => expect(simulator.unfinished().length).toBeGreaterThan(10));
    simulator.setFault('paper-out');
    expect((await sending).error).toMatchObject({ code: 'certificate-interrupted', details: { jobId: 'job-1' } });
    const { lost } = simulator.state();
    simulator.setFault(null);
    // The sheet of the broken job is put out; it is not the whole page, and nothing else of the job follows.
    await eventually(() => expect(simulator.pages()).toHaveLength(1));
    expect(simulator.pages()[0]?.ejected).toBe('EM R');
    expect(isWholePage(simulator.pages()[0])).toBe(false);
    expect(simulator.state()).toMatchObject({ buffered: 0, lost });
    expect(simulator.state().received).toBeLessThan(job.length);
  });

  test('a job is begun once: the same again is refused and moves nothing', async () => {
    const { simulator, send } = await open();
    await send('job-1');
    await eventually(() => expect(simulator.pages()).toHaveLength(1));
    const { received } = simulator.state();
    expect((await send('job-1')).error).toMatchObject({
      code: 'certificate-interrupted',
      details: { reason: 'repeated' },
    });
    expect((await send('job-2')).error).toBeNull();
    await eventually(() => expect(simulator.pages()).toHaveLength(2));
    expect(simulator.state().received).toBe(received + job.length);
  });
});

describe('a line that breaks', () => {
  test('in the middle of a picture: interrupted, and the next certificate comes out clean', async () => {
    const { simulator, send, health } = await overTcp(
      { fault: 'disconnect', printSpeed: 50_000 },
      { patienceSeconds: 30 },
    );
    expect((await send('job-1')).error).toMatchObject({ code: 'certificate-interrupted' });
    simulator.takeSheet();
    await vi.waitFor(async () => expect(await health()).toBe('unknown'), { timeout: 45_000 });
    expect((await send('job-2')).error).toBeNull();
    await eventually(() => expect(isWholePage(simulator.pages().at(-1))).toBe(true));
  });

  test('a pulled serial cable under the job: interrupted', async () => {
    const { pair, send, progress } = await overSerial({ buffer: 8192, printSpeed: 20_000 }, { patienceSeconds: 30 });
    const sending = send('job-1');
    await eventually(() => expect(progress.at(-1)?.sent).toBeGreaterThan(2000));
    await pair.close();
    expect((await sending).error).toMatchObject({ code: 'certificate-interrupted' });
  });

  test('a printer that lost its power says nothing: sent, and the sheet shows that it is not whole', async () => {
    const { simulator, send } = await overTcp({ fault: 'reboot', printSpeed: 50_000 });
    expect((await send('job-1')).error).toBeNull();
    await eventually(() => expect(simulator.state().buffered).toBe(0));
    expect(isWholePage(simulator.takeSheet() ?? simulator.pages()[0])).toBe(false);
  });
});

describe('nothing left this machine', () => {
  test('when the port is not there', async () => {
    const { send } = await start('/dev/tty-that-is-not-there');
    expect((await send('job-1')).error).toMatchObject({
      code: 'certificate-not-started',
      details: { jobId: 'job-1', reason: 'device-port-missing' },
    });
  });

  test('when the printer has said before that it takes nothing; then it is printed under the same id', async () => {
    const { simulator, send, health } = await overTcp();
    await health();
    simulator.setFault('paper-out');
    await vi.waitFor(async () => expect(await health()).toBe('fault'), PATIENT);
    expect((await send('job-1')).error).toMatchObject({
      code: 'certificate-not-started',
      details: { reason: 'printer-error' },
    });
    expect(simulator.state().received).toBe(0);
    simulator.setFault(null);
    await vi.waitFor(async () => expect(await health()).toBe('unknown'), PATIENT);
    expect((await send('job-1')).error).toBeNull();
    await eventually(() => expect(simulator.pages()).toHaveLength(1));
  });

  test('when the printer was switched off before', async () => {
    const { simulator, send, health } = await overTcp();
    await health();
    await simulator.close();
    await vi.waitFor(async () => expect(await health()).toBe('offline'), { timeout: 45_000 });
    expect((await send('job-1')).error).toMatchObject({ code: 'certificate-not-started' });
    expect(simulator.state().received).toBe(0);
  });
});
