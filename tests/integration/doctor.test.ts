import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, it, type TestContext } from 'vitest';
import { startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { startSamSimulator } from '../../native/simulator/sam-ga450/simulator.ts';
import { startSyn6288Simulator } from '../../native/simulator/speech/module.ts';
import { runCommand } from '../fixtures/command.ts';
import { openModbusLine } from '../fixtures/modbus.ts';
import { openPtyPair } from '../fixtures/pty.ts';

/** `yichuang doctor` as a repairer starts it: the real command, real lines, devices as bytes. */

const { version: VERSION } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'));

function makeFolder(test: TestContext): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'yichuang-doctor-'));
  test.onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function doctor(test: TestContext, devices: object, ...args: string[]) {
  const config = path.join(makeFolder(test), 'terminal.jsonc');
  const hub = { url: 'http://127.0.0.1:9', enrolmentCode: 'SECRET-CODE' };
  writeFileSync(config, JSON.stringify({ terminal: { id: 'W07', hall: 'main' }, hub, devices }));
  return runCommand(['doctor', '--config', config, ...args]);
}

async function openReader(test: TestContext, kind: 'tcp' | 'pty') {
  const pair = kind === 'pty' ? await openPtyPair() : null;
  test.onTestFinished(() => pair?.close());
  const simulator = await startSamSimulator({ port: pair?.b ?? 'tcp://127.0.0.1:0' });
  test.onTestFinished(() => simulator.close());
  return { simulator, config: { driver: 'sam-ga450', port: pair?.a ?? simulator.port } };
}

async function openPrinter(test: TestContext) {
  const simulator = await startEscposSimulator({ port: 'tcp://127.0.0.1:0' });
  test.onTestFinished(() => simulator.close());
  return { simulator, config: { driver: 'escpos', port: simulator.port } };
}

describe('yichuang doctor', () => {
  it('finds a desk well: the card is read, the slip is out, the module has spoken; nobody stands in the report', async (test) => {
    const [reader, printer] = [await openReader(test, 'pty'), await openPrinter(test)];
    const module = await startSyn6288Simulator({ port: 'tcp://127.0.0.1:0' });
    test.onTestFinished(() => module.close());
    reader.simulator.layCard('zhangsan');
    const voices = { 'floor-2': { driver: 'syn6288', port: module.port, repeat: 1 } };
    const devices = { idReader: reader.config, ticketPrinter: printer.config, voices };
    const folder = makeFolder(test);
    const { code, stdout, stderr } = await doctor(test, devices, '--report', folder);
    expect(stderr).toContain('身份证读卡器：请放一张身份证。');
    expect(stdout).toContain('正常　身份证读卡器：应答正常，试读身份证成功。');
    expect(stdout).toContain('正常　小票打印机：检测小票已打出，打印机已确认。');
    expect(stdout).toContain('正常　语音播报 floor-2：“设备检测”已播完。');
    expect(stdout).toContain('未配置　证书打印机：');
    expect(stdout).toContain(`程序 ${VERSION}，协议 3、2、1\n`);
    expect(stdout).toContain('设备都能用。');
    expect(code).toBe(0);
    expect(printer.simulator.slips()).toHaveLength(1);
    expect(module.spoken).toEqual(['设备检测']);

    const files = readdirSync(folder).sort();
    expect(files.map((file) => file.replace(/-\d{8}-\d{4}\./, '-WHEN.'))).toEqual([
      'yichuang-doctor-W07-WHEN.json',
      'yichuang-doctor-W07-WHEN.txt',
    ]);
    const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
    for (const text of texts) {
      expect(text).toContain('AA AA AA 96 69 05 08 00 00 90 ·· ··');
      expect(text).not.toContain('SECRET-CODE');
      for (const personal of ['张三', '220402199003071231']) {
        expect(text).not.toContain(personal);
        expect(text).not.toContain(hexOf(personal).slice(0, 11));
      }
    }
  });

  it('asks nobody when nobody is there, and says that it was not tried', async (test) => {
    const line = await openModbusLine(test, 'pty');
    const shared = { port: line.port, timeoutMs: 150 };
    const { code, stdout, stderr } = await doctor(
      test,
      {
        keypad: { driver: 'modbus-keypad', ...shared, unit: 1 },
        rating: { driver: 'modbus-eval', ...shared, unit: 9 },
        displays: {
          W07: { driver: 'modbus-led', ...shared, unit: 2 },
          W08: { driver: 'modbus-led', ...shared, unit: 5 },
        },
      },
      '--no-ask',
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('需留意　呼叫按键：应答正常，没有等到按键。');
    expect(stdout).toContain('需留意　好差评评价器：应答正常，没有等到评价。');
    expect(stdout).toContain('正常　窗口显示屏 W07：屏已显示“测试 8888”，并已恢复。');
    expect(stdout).toContain('有问题　窗口显示屏 W08：没有应答，多半是断电或信号线松了。');
    expect(stdout).toContain('有 1 台设备要处理。');
    expect(code).toBe(1);
  });

  it('says of a silent reader and of a printer without paper what to do', async (test) => {
    const [reader, printer] = [await openReader(test, 'tcp'), await openPrinter(test)];
    reader.simulator.setFault('silence');
    printer.simulator.setFault('paper-out');
    const { code, stdout } = await doctor(test, { idReader: reader.config, ticketPrinter: printer.config });
    expect(stdout).toMatch(/有问题　身份证读卡器：读卡器没有应答.*\n +1\. 看读卡器的灯是否亮\n/);
    expect(stdout).toMatch(/有问题　小票打印机：打印机缺纸。\n +1\. 打开上盖，放入纸卷\n/);
    expect(code).toBe(1);
    expect(printer.simulator.slips()).toHaveLength(0);
  });

  it('says which port is missing and which there are, and that one is busy', async (test) => {
    const pair = await openPtyPair();
    test.onTestFinished(() => pair.close());
    // What the terminal does while it runs: the port is its own.
    const terminal = new SerialPort({ path: pair.a, baudRate: 115_200, lock: true, autoOpen: false });
    await new Promise<void>((resolve, reject) => terminal.open((error) => (error ? reject(error) : resolve())));
    test.onTestFinished(() => new Promise<void>((resolve) => terminal.close(() => resolve())));
    const missing = '/dev/ttyUSB97';
    const devices = {
      idReader: { driver: 'sam-ga450', port: pair.a },
      ticketPrinter: { driver: 'escpos', port: missing },
    };
    const { code, stdout } = await doctor(test, devices, '--json');
    const result = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(result).toMatchObject({ well: false, program: VERSION, protocols: [3, 2, 1] });
    const reasonOf = (device: string) =>
      result.devices.find((each: { device: string }) => each.device === device).reason;
    expect(reasonOf('idReader')).toBe('device-busy');
    expect(reasonOf('ticketPrinter')).toBe('device-port-missing');
    const plain = await doctor(test, devices);
    expect(plain.stdout).toContain('多半是一窗程序正开着');
    expect(plain.stdout).toMatch(new RegExp(`配置要找：${missing}\\n +本机(现有：|没有任何串口)`));
  });

  it('names every wrong key of a configuration and tests nothing', async (test) => {
    const { code, stdout, stderr } = await doctor(test, { idReader: { driver: 'sam-ga450', prot: 'COM5' } });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('devices.idReader.prot: unknown key');
  });
});

/** As a card carries it, written as the record writes bytes. */
function hexOf(text: string): string {
  const bytes = [...Buffer.from(text, 'utf16le')];
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
