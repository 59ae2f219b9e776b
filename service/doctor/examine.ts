import { setTimeout as delay } from 'node:timers/promises';
import { type DeviceKind, kindOf, ownerOf } from '../../contract/deviceKinds.ts';
import type { DeviceKey, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { isDoctorReason, reasonOfStatus } from '../../contract/doctor/advice.ts';
import type { Ask } from '../../contract/doctor/asks.ts';
import type { DoctorReason } from '../../contract/doctor/reasons.ts';
import { YichuangError } from '../../contract/errors.ts';
import { displayWords } from '../../domain/announcement/display.ts';
import type { DeviceHost } from '../deviceHost.ts';
import { testSlip } from './testSlip.ts';

/** What the test of one device has to work with. */
export interface Bench {
  devices: DeviceHost;
  /** @returns ms that are left, at most `ms`. @throws YichuangError `deadline` when the run is over */
  within(ms: number): number;
  /** Shows what is asked for and runs `wait` until it ends, its time is over or it is skipped. */
  asking<T>(device: DeviceKey, ask: Ask, wait: (signal: AbortSignal, waitMs: number) => Promise<T>): Promise<T | null>;
  /** As printed on the test slip. */
  slip: { agency: string; terminal: string; at: string };
}

const ANSWER_MS = 10_000;
const PRINT_MS = 25_000;
const SHOW_MS = 8_000;
/** Long enough to look up. */
const SHOWN_MS = 3_000;
const SPEAK_MS = 20_000;
const READ_ON_MS = 6_000;
const NOTHING = { text: '', number: null, attention: false };

/** How a device that answers is proved. @returns null when the status already says all there is */
type Proof = (device: DeviceKey, bench: Bench, status: DeviceStatus) => Promise<DoctorReason | null>;

const PROOFS: Readonly<Record<DeviceKind, Proof>> = {
  idReader: readCard,
  ticketPrinter: printSlip,
  // Paper moves only for a certificate.
  certificatePrinter: async () => null,
  displays: show,
  voices: speak,
  keypad: (device, bench) => press(device, bench, 'key', 'keypad.key'),
  rating: (device, bench) => press(device, bench, 'grade', 'rating.given'),
};

/** Whether the device is there, then whether it works. Never throws: what happens is the answer. */
export async function examine(device: DeviceKey, bench: Bench): Promise<DoctorReason> {
  try {
    const status = await bench.devices.test(device, bench.within(ANSWER_MS));
    const reason = reasonOfStatus(status);
    const canWork = status.health === 'online' || status.health === 'attention' || isUnasked(status);
    if (!canWork) return reason;
    const proved = await PROOFS[kindOf(device)](device, bench, status);
    // What the device itself wants a person to know outweighs that it worked.
    return reason === 'well' || proved !== 'well' ? (proved ?? reason) : reason;
  } catch (error) {
    return reasonOfError(device, bench, error);
  }
}

/** Has no way to answer: works, for all that can be known. */
function isUnasked({ health, reason }: DeviceStatus): boolean {
  return health === 'unknown' && reason !== 'printer-no-answer';
}

function reasonOfError(device: DeviceKey, bench: Bench, error: unknown): DoctorReason {
  const code = error instanceof YichuangError ? error.code : 'internal';
  const now = bench.devices.status().find((each) => each.device === device);
  // Why nothing came back is known better by now.
  if ((code === 'deadline' || code === 'service-restarting') && now?.health === 'offline') return reasonOfStatus(now);
  return isDoctorReason(code) ? code : 'internal';
}

async function readCard(device: DeviceKey, bench: Bench): Promise<DoctorReason> {
  bench.devices.lendReader(true);
  try {
    const read = await bench.asking(device, 'card', async (_signal, waitMs) => {
      // Only that it was read is kept of the card.
      await bench.devices.call('reader.read', { waitMs }, waitMs + READ_ON_MS);
      return 'well' as const;
    });
    return read ?? 'untried';
  } catch (error) {
    if (error instanceof YichuangError && error.code === 'card-not-present') return 'untried';
    throw error;
  } finally {
    bench.devices.lendReader(false);
  }
}

async function printSlip(_device: DeviceKey, bench: Bench, { reason }: DeviceStatus): Promise<DoctorReason> {
  const document = testSlip(bench.slip);
  const { confirmation } = await bench.devices.call('printer.print', { document }, bench.within(PRINT_MS));
  if (confirmation === 'device') return 'well';
  return isDoctorReason(reason) ? reason : 'sent';
}

async function show(device: DeviceKey, bench: Bench, { health }: DeviceStatus): Promise<DoctorReason> {
  const window = ownerOf(device) ?? '';
  const before = bench.devices.shownAt(window) ?? { window, ...NOTHING };
  try {
    const words = displayWords({ event: 'test' });
    await bench.devices.call('display.show', { window, ...words }, bench.within(SHOW_MS));
    await delay(bench.within(SHOWN_MS));
  } finally {
    // Also after a failure: the display is given it as soon as it can be reached.
    await bench.devices.call('display.show', before, SHOW_MS).catch(() => {});
  }
  return health === 'unknown' ? 'sent' : 'well';
}

async function speak(device: DeviceKey, bench: Bench, { health }: DeviceStatus): Promise<DoctorReason> {
  const zone = ownerOf(device) ?? '';
  await bench.devices.call('voice.speak', { zone, announcement: { event: 'test' } }, bench.within(SPEAK_MS));
  return health === 'unknown' ? 'sent' : 'well';
}

async function press(
  device: DeviceKey,
  bench: Bench,
  ask: Ask,
  event: 'keypad.key' | 'rating.given',
): Promise<DoctorReason | null> {
  const { devices } = bench;
  const pressed = await bench.asking(device, ask, (signal) => devices.take(event, signal));
  if (pressed !== null) return 'well';
  const status = devices.status().find((each) => each.device === device);
  return status?.health === 'online' ? 'untried' : null;
}
