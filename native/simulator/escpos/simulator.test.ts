import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { textLines } from './ops.ts';
import { type EscposSimulatorOptions, startEscposSimulator } from './simulator.ts';
import { TICKET_A012 } from './ticketA012.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const PROCESS_ID_0007 = '37223030303700';
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 45_000, interval: 5 });
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(options: Partial<EscposSimulatorOptions> = {}) {
  const simulator = await startEscposSimulator({ port: 'tcp://127.0.0.1:0', ...options });
  undo.push(() => simulator.close());
  return simulator;
}

/** A terminal's end, with all it received so far as hex. */
async function dial(port: string) {
  const socket: Socket = connect(Number(new URL(port).port), '127.0.0.1');
  const end = {
    received: '',
    closed: false,
    write: (data: Uint8Array) => socket.write(data),
    destroy: () => socket.destroy(),
  };
  socket.on('data', (data) => {
    end.received += data.toString('hex');
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    end.closed = true;
  });
  await once(socket, 'connect');
  undo.push(() => socket.destroy());
  return end;
}

async function ptyPair() {
  const folder = await mkdtemp(join(tmpdir(), 'escpos-pty-'));
  const [a, b] = [join(folder, 'terminal'), join(folder, 'printer')];
  const socat: ChildProcess = spawn('socat', [`pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`]);
  const unplug = async () => {
    if (socat.exitCode !== null || socat.signalCode !== null) return;
    socat.kill();
    await once(socat, 'exit');
  };
  undo.push(async () => {
    await unplug();
    await rm(folder, { recursive: true });
  });
  await eventually(() => expect(existsSync(a) && existsSync(b)).toBe(true));
  return { terminal: a, printer: b, unplug };
}

describe('over TCP', () => {
  it('prints a ticket, tells of it without its text, and confirms', async () => {
    const exchanges: string[] = [];
    const simulator = await start({ onExchange: (line) => exchanges.push(line) });
    const seen: number[] = [];
    const stop = simulator.onSlip((slip) => seen.push(slip.number));
    const terminal = await dial(simulator.port);
    terminal.write(TICKET_A012);
    await eventually(() => expect(terminal.received).toBe(PROCESS_ID_0007));
    expect(simulator.slips()).toMatchObject([{ lines: ['测试政务大厅', 'A012', '前面等候3人'], cut: true }]);
    expect(exchanges).toEqual(['slip 1: 124 bytes, 3 lines, 1 qr, 0 bar codes, cut']);
    stop();
    terminal.write(TICKET_A012);
    await eventually(() => expect(simulator.slips()).toHaveLength(2));
    expect(seen).toEqual([1]);
  });

  it.each([
    ['paper-out', '1a32127e'],
    ['near-end', '1212121e'],
    ['cover-open', '1a161212'],
    ['garbage', 'ff00418512'.repeat(4)],
    ['duplicate', '12'.repeat(8)],
  ] as const)('with the fault %s answers status requests %s', async (fault, expected) => {
    const simulator = await start({ fault });
    const terminal = await dial(simulator.port);
    terminal.write(bytes('100401 100402 100403 100404'));
    await eventually(() => expect(terminal.received).toBe(expected));
  });

  it('prints what waited when the fault is gone', async () => {
    const simulator = await start({ fault: 'cover-open' });
    const terminal = await dial(simulator.port);
    terminal.write(TICKET_A012);
    await eventually(() => expect(simulator.state().queued).toBeGreaterThan(0));
    expect(simulator.slips()).toEqual([]);
    simulator.setFault(null);
    await eventually(() => expect(terminal.received).toBe(PROCESS_ID_0007));
  });

  it('in silence prints and says nothing', async () => {
    const simulator = await start({ fault: 'silence' });
    const terminal = await dial(simulator.port);
    terminal.write(Buffer.concat([bytes('100401'), TICKET_A012]));
    await eventually(() => expect(simulator.slips()).toHaveLength(1));
    simulator.setFault(null);
    terminal.write(bytes('100404'));
    await eventually(() => expect(terminal.received).toBe('12'));
  });

  it('when late still answers, in order', async () => {
    const simulator = await start({ fault: 'late', lateMs: 30 });
    const terminal = await dial(simulator.port);
    terminal.write(TICKET_A012);
    await eventually(() => expect(simulator.slips()).toHaveLength(1));
    simulator.setFault('near-end');
    terminal.write(bytes('100404'));
    await eventually(() => expect(terminal.received).toBe(`${PROCESS_ID_0007}1e`));
  });

  it.each([
    [600_000, '372230'],
    [10, PROCESS_ID_0007],
  ])('sends half a process id, the rest %i ms later', async (lateMs, expected) => {
    const simulator = await start({ fault: 'half-frame', lateMs });
    const terminal = await dial(simulator.port);
    terminal.write(TICKET_A012);
    await eventually(() => expect(terminal.received).toBe(expected));
  });

  it('disconnects in the middle of a job, not at a status request, and takes a new connection', async () => {
    const simulator = await start({ fault: 'disconnect' });
    const first = await dial(simulator.port);
    first.write(bytes('100401'));
    await eventually(() => expect(first.received).toBe('12'));
    first.write(TICKET_A012);
    await eventually(() => expect(first.closed).toBe(true));
    expect(simulator.slips()).toEqual([]);
    simulator.setFault(null);
    const second = await dial(simulator.port);
    second.write(TICKET_A012);
    await eventually(() => expect(second.received).toBe(PROCESS_ID_0007));
    expect(simulator.slips().map((slip) => slip.cut)).toEqual([false, true]);
  });

  it('keeps the last process id for a terminal that went away', async () => {
    const simulator = await start({ fault: 'paper-out' });
    const first = await dial(simulator.port);
    first.write(TICKET_A012);
    await eventually(() => expect(simulator.state().queued).toBe(10));
    first.destroy();
    await eventually(() => expect(simulator.state().connected).toBe(false));
    simulator.setFault(null);
    const second = await dial(simulator.port);
    await eventually(() => expect(second.received).toBe(PROCESS_ID_0007));
  });

  it('gives an answer only to the connection that asked', async () => {
    const simulator = await start({ fault: 'late', lateMs: 30 });
    const first = await dial(simulator.port);
    first.write(TICKET_A012);
    await eventually(() => expect(simulator.slips()).toHaveLength(1));
    simulator.setFault(null);
    const second = await dial(simulator.port);
    second.write(bytes('100404'));
    await eventually(() => expect(second.received).not.toBe(''));
    expect(second.received).toBe('12');
  });

  it('serves the newest connection and hangs up the one before', async () => {
    const simulator = await start();
    const first = await dial(simulator.port);
    await dial(simulator.port);
    await eventually(() => expect(first.closed).toBe(true));
  });

  it('prints nothing more once it is closed', async () => {
    const simulator = await start({ printSpeed: 100 });
    const terminal = await dial(simulator.port);
    terminal.write(bytes('410A 1B64FF 1D5600'));
    await eventually(() => expect(simulator.state().queued).toBeGreaterThan(0));
    await simulator.close();
    expect(simulator.slips()).toEqual([]);
  });

  it('when slow answers status requests long before the paper is out', async () => {
    const simulator = await start({ fault: 'slow', baudRate: 115_200 });
    const terminal = await dial(simulator.port);
    terminal.write(bytes('410A 1B64FF 1D5600 1D284806003030303030 37 100401')); // 956 mm of feed
    await eventually(() => expect(terminal.received).toBe('12'));
    expect(simulator.state().queued).toBeGreaterThan(0);
    expect(simulator.slips()).toEqual([]);
  });

  it('refuses a fault it does not know', async () => {
    await expect(startEscposSimulator({ port: 'tcp://127.0.0.1:0', fault: 'bad-checksum' })).rejects.toThrow(
      RangeError,
    );
  });

  it('keeps each slip in a folder for its owner, numbered on from what is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escpos-slips-'));
    undo.push(() => rm(folder, { recursive: true }));
    for (let run = 0; run < 2; run++) {
      const simulator = await startEscposSimulator({ port: 'tcp://127.0.0.1:0', saveDir: folder });
      const terminal = await dial(simulator.port);
      terminal.write(TICKET_A012);
      await eventually(() => expect(simulator.slips()).toHaveLength(1));
      await simulator.close();
    }
    const names = ['bin', 'png', 'svg', 'txt'];
    const expected = ['0001', '0002'].flatMap((number) => names.map((name) => `slip-${number}.${name}`));
    expect((await readdir(folder)).sort()).toEqual(expected);
    const text = await readFile(join(folder, 'slip-0002.txt'), 'utf8');
    expect(text).toBe('测试政务大厅\nA012\n前面等候3人\n[QR] https://e.cn/t?A012\n');
    expect((await stat(join(folder, 'slip-0001.bin'))).mode & 0o777).toBe(0o600);
  });
});

describe('over a serial line', () => {
  async function plugIn(options: Partial<EscposSimulatorOptions> = {}) {
    const pty = await ptyPair();
    const simulator = await start({ port: pty.printer, ...options });
    const serial = new SerialPort({ path: pty.terminal, baudRate: 9600, autoOpen: false });
    const end = { received: '', closed: false, write: (data: Uint8Array) => serial.write(Buffer.from(data)) };
    serial.on('data', (data: Buffer) => {
      end.received += data.toString('hex');
    });
    serial.on('error', () => {});
    serial.on('close', () => {
      end.closed = true;
    });
    await new Promise<void>((resolve, reject) => serial.open((error) => (error ? reject(error) : resolve())));
    undo.push(() => serial.isOpen && new Promise((resolve) => serial.close(resolve)));
    return { simulator, terminal: end, unplug: pty.unplug };
  }

  it('prints, answers and confirms at the pace of the line', async () => {
    const { simulator, terminal } = await plugIn({ baudRate: 115_200 });
    terminal.write(Buffer.concat([bytes('100401'), TICKET_A012]));
    await eventually(() => expect(terminal.received).toBe(`12${PROCESS_ID_0007}`));
    expect(simulator.slips()).toMatchObject([{ qr: ['https://e.cn/t?A012'] }]);
  });

  it('shows its faults', async () => {
    const { simulator, terminal } = await plugIn({ fault: 'paper-out' });
    terminal.write(bytes('100404'));
    await eventually(() => expect(terminal.received).toBe('7e'));
    simulator.setFault('garbage');
    terminal.write(bytes('100404'));
    await eventually(() => expect(terminal.received).toBe('7eff00418512'));
  });

  it('is silent from the middle of a job on when the cable is pulled, as RS-232 is', async () => {
    const { simulator, terminal } = await plugIn({ fault: 'disconnect' });
    terminal.write(TICKET_A012);
    await eventually(() => expect(simulator.state().connected).toBe(false));
    expect(textLines(simulator.unfinished())).toEqual(['测试政务大厅']);
    expect(terminal.closed).toBe(false);
  });

  it('survives the end of its port', async () => {
    const { simulator, unplug } = await plugIn();
    await unplug();
    await eventually(() => expect(simulator.state().connected).toBe(false));
    await simulator.close();
  });
});
