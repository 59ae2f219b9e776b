import { afterEach, describe, expect, test, vi } from 'vitest';
import { pr2Config } from '../../../contract/config/devices.ts';
import { type Pr2SimulatorOptions, startPr2Simulator } from '../../simulator/pr2/simulator.ts';
import { openTransport } from '../../transport/open.ts';
import { systemEnvironment } from '../environment.ts';
import { Pr2Driver } from './driver.ts';
import { AnswerFinder, ASK_DOCUMENT, encodePr2, RESET } from './protocol.ts';

/** Of a machine that is busy with other things. */
const PATIENT = { timeout: 45_000 };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const BOX = { width: 300, height: 200, dots: new Uint8Array(300 * 200).fill(1) };

async function start(options: Partial<Pr2SimulatorOptions> = {}) {
  const printer = await startPr2Simulator({ port: 'tcp://127.0.0.1:0', ...options });
  undo.push(() => printer.close());
  const config = pr2Config.parse({
    driver: 'pr2',
    experimental: true,
    port: printer.port,
    baudRate: 921_600,
    patienceSeconds: 1,
  });
  const transport = await openTransport(config);
  undo.push(() => transport.close());
  const driver = Pr2Driver.create(transport, config, systemEnvironment());
  await driver.initialise();
  const send = async () => {
    const happened = { started: false, waited: false };
    const error = await driver
      .send({
        bytes: encodePr2(BOX),
        onStart: () => {
          happened.started = true;
        },
        onProgress: (phase) => {
          happened.waited ||= phase === 'waiting';
        },
      })
      .then(
        () => null,
        (thrown: unknown) => thrown as { code: string },
      );
    return { ...happened, error };
  };
  return { printer, driver, send };
}

describe('the published bytes (devices.md §3.7)', () => {
  test('reset, question and eject', () => {
    expect(hex(RESET)).toBe('1B301B6C');
    expect(hex(ASK_DOCUMENT)).toBe('1B2042');
    expect(hex(encodePr2(BOX))).toMatch(/^1B6E1B214731.*1B4F$/);
  });

  test('the answer, in pieces and after noise', () => {
    const finder = new AnswerFinder();
    expect(finder.push(Uint8Array.of(0xff, 0x1b, 0x42, 0x05))).toEqual([]);
    expect(finder.push(Uint8Array.of(0x31, 0x1b, 0x5a, 0x1b, 0x42, 0x05, 0x30, 0x1b, 0x5a))).toEqual([
      { kind: 'document', present: true },
      { kind: 'document', present: false },
    ]);
  });

  test('the configuration says that the driver is experimental', () => {
    expect(pr2Config.safeParse({ driver: 'pr2', port: 'COM5' }).success).toBe(false);
  });
});

describe('a passbook printer', () => {
  test('says that its driver is experimental, and prints the document that lies in it', async () => {
    const { printer, driver, send } = await start();
    expect(await driver.heartbeat()).toMatchObject({ health: 'attention', reason: 'driver-experimental' });
    expect(await send()).toMatchObject({ started: true, error: null });
    await vi.waitFor(() => expect(printer.pages()).toHaveLength(1), PATIENT);
    const { dots, width } = printer.pages()[0] ?? { dots: new Uint8Array(), width: 0 };
    // A box of 300 × 200 dots at the top left corner; in halves of a dot.
    expect(dots.reduce((sum, dot) => sum + dot, 0)).toBe(600 * 400);
    expect(dots[399 * width + 599]).toBe(1);
  });

  test('waits for the document', async () => {
    const heard: string[] = [];
    const { printer, send } = await start({ onExchange: (line) => heard.push(line) });
    printer.liftCard();
    const sending = send();
    await vi.waitFor(() => expect(heard).toContain('no document'), PATIENT);
    printer.layCard();
    expect(await sending).toMatchObject({ started: true, waited: true, error: null });
  });

  test.each([
    ['paper-out', 'printer-paper-out'],
    ['silence', 'device-offline'],
  ] as const)('with %s nothing of the job is sent', async (fault, code) => {
    const { printer, send } = await start({ fault });
    expect(await send()).toMatchObject({ started: false, waited: true, error: { code } });
    expect(printer.pages()).toHaveLength(0);
  });

  test.each(['garbage', 'duplicate'] as const)('understands its answer through %s', async (fault) => {
    const { send } = await start({ fault });
    expect(await send()).toMatchObject({ started: true, error: null });
  });

  test('waits for the second half of an answer, and takes none that is late for that to another question', async () => {
    const halved = await start({ fault: 'half-frame', lateMs: 100 });
    expect(await halved.send()).toMatchObject({ started: true, error: null });
    const late = await start({ fault: 'late', lateMs: 700 });
    expect(await late.send()).toMatchObject({ started: false, error: { code: 'device-offline' } });
  });

  test('is silent when it is away', async () => {
    const { printer, driver } = await start({ fault: 'silence' });
    expect(await driver.heartbeat()).toMatchObject({ health: 'offline' });
    printer.setFault(null);
    expect(await driver.heartbeat()).toMatchObject({ health: 'attention' });
  });

  test('that goes away under the job has been started', async () => {
    const big = await start({ fault: 'disconnect' });
    expect(await big.send()).toMatchObject({ started: true, error: { code: 'closed' } });
  });
});
