import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEVICE_KINDS } from '../deviceKinds.ts';
import { deviceHealth } from '../deviceProtocol.ts';
import { ERRORS } from '../errors.ts';
import { adviceFor, DOCTOR_REASONS, isDoctorReason, reasonOfStatus } from './advice.ts';
import { portHint } from './ports.ts';
import { PICTURES } from './reasons.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const every = DEVICE_KINDS.flatMap((kind) => DOCTOR_REASONS.map((reason) => ({ kind, reason })));

/** Words that the drivers themselves use, taken from their text: a second list that nobody keeps in step by hand. */
function wordsOfDrivers(): string[] {
  const files = globSync('native/{driver,kind,supervisor,bus,modbus,reader,voice}/**/*.ts', { cwd: ROOT });
  const texts = files
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
  const patterns = [/reason: '([a-z-]+)'/g, /new YichuangError\(\s*'([a-z-]+)'/g, /fault\('[a-z-]+', '([a-z-]+)'/g];
  return [
    ...new Set(
      texts.flatMap((text) => patterns.flatMap((each) => [...text.matchAll(each)].map((found) => found[1] ?? ''))),
    ),
  ];
}

describe('what the doctor says', () => {
  it.each(every)('of $kind with $reason is one sentence and at most three short steps', ({ kind, reason }) => {
    const { verdict, sentence, steps, picture } = adviceFor(kind, reason);
    expect(sentence).toMatch(/^[^。]{4,44}。$/);
    expect(steps.length).toBeLessThanOrEqual(3);
    for (const step of steps) expect(step).toMatch(/^[^。]{2,22}$/);
    const wantsSomebody = verdict === 'ill' || verdict === 'note';
    expect(steps.length > 0).toBe(wantsSomebody);
    expect(picture !== null).toBe(wantsSomebody);
    if (picture !== null) expect(PICTURES).toContain(picture);
    expect(sentence).not.toContain('未知');
  });

  it('covers every word a driver or a supervisor can say', () => {
    const words = wordsOfDrivers();
    expect(words).toContain('printer-paper-near-end');
    expect(words).toContain('reader-fault');
    expect(words.length).toBeGreaterThan(25);
    const elsewhere = ['certificate-interrupted', 'certificate-not-started', 'repeated'];
    expect(words.filter((word) => !isDoctorReason(word) && !elsewhere.includes(word))).toEqual([]);
  });

  it('covers every error of a device', () => {
    const families = /^(card|device|display|printer|reader|voice)-/;
    const codes = Object.keys(ERRORS).filter((code) => families.test(code));
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !isDoctorReason(code))).toEqual([]);
  });

  it.each(deviceHealth.options)('has words for a device that is %s without a reason', (health) => {
    const reason = reasonOfStatus({ health, reason: 'never-heard-of' });
    expect(isDoctorReason(reason)).toBe(true);
    const { verdict } = adviceFor('ticketPrinter', reason);
    expect(verdict).toBe({ online: 'well', unknown: 'note' }[health as string] ?? 'ill');
  });
});

describe('the ports of the machine', () => {
  const port = { path: '/dev/ttyUSB0', identity: 'usb:067b:2303@1-2', manufacturer: 'Prolific', device: null };

  it('are named where the configured one is missing', () => {
    expect(portHint('usb:1a86:7523', 'device-port-missing', [port])).toEqual({
      wanted: '配置要找：usb:1a86:7523',
      found: '本机现有：/dev/ttyUSB0（usb:067b:2303@1-2，Prolific）',
    });
    expect(portHint('COM5', 'device-port-missing', [])?.found).toBe('本机没有任何串口');
  });

  it('say nothing about a network device or a device that only lacks paper', () => {
    expect(portHint('tcp://10.0.0.60:9100', 'device-port-missing', [port])).toBeNull();
    expect(portHint('COM5', 'printer-paper-out', [port])).toBeNull();
  });
});
