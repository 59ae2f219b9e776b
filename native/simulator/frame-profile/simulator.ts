import { LINE_FAULTS } from '../faults.ts';
import { type FaultySimulator, Peer, type PeerOptions, simulatorOf } from '../peer.ts';
import type { Fault } from '../types.ts';

/** The two boards of devices.md §4.5 as bytes, from their product pages alone: no profile is read here. */

export interface BoardSimulator extends FaultySimulator {
  /** What stands on the board; null before the first frame and after a loss of power. */
  readonly shown: { number: number; colour: 'green' | 'yellow' | 'red' | null } | null;
  /** A press: the frame a box of the same bytes sends by itself. */
  emit(frame: Uint8Array): void;
}

export interface BoardSimulatorOptions extends PeerOptions {
  address?: number | undefined;
}

const FAULTS: readonly Fault[] = [...LINE_FAULTS, 'wrong-address', 'reboot'];
const COLOURS = ['green', 'yellow', 'red'] as const;
const EVERYBODY = 0xff;

export const startSunpnSimulator = (options: PeerOptions) => startBoardSimulator(options, 'sunpn');
export const startQuadSimulator = (options: BoardSimulatorOptions) => startBoardSimulator(options, 'quad');

async function startBoardSimulator(options: BoardSimulatorOptions, board: 'sunpn' | 'quad'): Promise<BoardSimulator> {
  const size = board === 'sunpn' ? 7 : 4;
  let rest = Buffer.alloc(0);
  let shown: BoardSimulator['shown'] = null;

  const peer = await Peer.open(options, {
    name: 'a board',
    faults: FAULTS,
    noise: Buffer.from('2a3a0100', 'hex'),
    damage: (answer) => Buffer.concat([answer.subarray(0, 2), Buffer.of((answer[2] ?? 0) ^ 0xff), answer.subarray(3)]),
    onData: (bytes, line) => {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= size) {
        if (!isWhole(rest.subarray(0, size))) {
          rest = rest.subarray(1);
          continue;
        }
        take(rest.subarray(0, size), line);
        rest = rest.subarray(size);
      }
    },
  });

  function isWhole(frame: Buffer): boolean {
    if (board === 'quad') return frame[3] === sum(frame.subarray(0, 3));
    return frame[0] === 0x3a && frame[6] === 0x0a && frame[5] === sum(frame.subarray(0, 5));
  }

  function take(frame: Buffer, line: Peer): void {
    const fault = line.takeFault();
    if (fault === 'reboot') {
      shown = null;
      return;
    }
    if (board === 'quad') {
      if (frame[0] === (options.address ?? 1) || frame[0] === EVERYBODY) {
        shown = { number: frame.readUInt16BE(1), colour: null };
      }
      return;
    }
    if (fault !== 'silence') shown = { number: frame.readUInt16LE(2), colour: COLOURS[frame[1] ?? 0] ?? null };
    const answer = Buffer.of(fault === 'wrong-address' ? 0x3b : 0x3a, frame[4] ?? 0);
    line.answer(Buffer.of(...answer, sum(answer), 0x0a), fault, 'show');
  }

  return {
    ...simulatorOf(peer),
    get shown() {
      return shown;
    },
    emit: (frame) => peer.answer(frame, peer.takeFault(), 'press'),
  };
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all + byte, 0) % 256;
}
