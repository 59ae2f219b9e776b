import { LINE_FAULTS } from '../faults.ts';
import { type FaultySimulator, Peer, type PeerOptions, simulatorOf } from '../peer.ts';
import type { Fault } from '../types.ts';
import { CardReader, type CardRequest, reply } from './protocol.ts';

/** One dynamic area as the card was told (devices.md §4.2, table of A3 06). */
export interface ShownArea {
  x: number;
  y: number;
  width: number;
  height: number;
  text: string;
}

export interface OnbonSimulator extends FaultySimulator {
  /** Number of the area → what stands there. */
  readonly areas: ReadonlyMap<number, ShownArea>;
  /** Updates with at least one area, accepted. */
  readonly updates: number;
}

export interface OnbonSimulatorOptions extends PeerOptions {
  /** Screen address. */
  address?: number | undefined;
}

const FAULTS: readonly Fault[] = [...LINE_FAULTS, 'wrong-address', 'busy', 'reboot'];
const ERROR = { group: 1, command: 2, busy: 3, crc: 5 };
const FROM_HOST = 0x8000;
const SOMEBODY_ELSE = 0x0007;

/** A font card that exists as bytes only. */
export async function startOnbonSimulator(options: OnbonSimulatorOptions): Promise<OnbonSimulator> {
  const address = options.address ?? 1;
  const reader = new CardReader();
  const areas = new Map<number, ShownArea>();
  let updates = 0;

  /** @returns the error of a card, 0 when it did what it was asked */
  function obey(request: CardRequest): number {
    if (!request.crcOk) return ERROR.crc;
    const { data } = request;
    if (data[0] !== 0xa3) return ERROR.group;
    if (data[1] !== 0x06) return ERROR.command;
    const told = readAreas(data.subarray(5));
    if (told === null) return ERROR.command;
    for (const [number, area] of told) areas.set(number, area);
    if (told.length > 0) updates += 1;
    return 0;
  }

  const peer = await Peer.open(options, {
    name: 'a font card',
    faults: FAULTS,
    // A start and a header that never ends before the answer begins.
    noise: Buffer.from('00ff5aa5a50080feff00', 'hex'),
    damage: (answer) => {
      const bytes = Buffer.from(answer);
      bytes[bytes.length - 2] = bytes[bytes.length - 2] === 0x11 ? 0x12 : 0x11;
      return bytes;
    },
    onData: (bytes, line) => {
      for (const request of reader.push(bytes)) {
        if (request.destination !== address) continue;
        const fault = line.takeFault();
        if (fault === 'reboot') {
          // Power was lost: what stood there is gone, and nobody answers.
          areas.clear();
          line.answer(Buffer.alloc(0), 'silence', 'reboot');
          continue;
        }
        const error = fault === 'busy' ? ERROR.busy : obey(request);
        const host = fault === 'wrong-address' ? SOMEBODY_ELSE : FROM_HOST;
        line.answer(reply(error, host), fault, `${request.data.toString('hex', 0, 2)} ${error}`);
      }
    },
  });
  return {
    ...simulatorOf(peer),
    areas,
    get updates() {
      return updates;
    },
  };
}

/** @param data of A3 06 behind the length of the rest. @returns null when the lengths do not add up */
function readAreas(data: Buffer): [number, ShownArea][] | null {
  let at = 1 + (data[0] ?? 0);
  const count = data[at] ?? 0;
  at += 1;
  const areas: [number, ShownArea][] = [];
  for (let index = 0; index < count; index++) {
    if (at + 2 + 27 > data.length) return null;
    const length = data.readUInt16LE(at);
    const area = data.subarray(at + 2, at + 2 + length);
    const textLength = area.readUInt32LE(23);
    if (area.length !== length || area.length !== 27 + textLength) return null;
    areas.push([
      area[9] ?? 0,
      {
        x: area.readUInt16LE(1),
        y: area.readUInt16LE(3),
        width: area.readUInt16LE(5),
        height: area.readUInt16LE(7),
        text: new TextDecoder('gbk').decode(area.subarray(27)),
      },
    ]);
    at += 2 + length;
  }
  return at === data.length ? areas : null;
}
