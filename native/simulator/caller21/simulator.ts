import { LINE_FAULTS } from '../faults.ts';
import { type FaultySimulator, Peer, type PeerOptions, simulatorOf } from '../peer.ts';
import type { Fault } from '../types.ts';

/** A caller as bytes, from devices.md §4.4 alone: it shares no code with the driver it tests. */

export interface CallerSimulator extends FaultySimulator {
  /** Kept until it is asked for. @param key as it is told, such as 1 */
  press(key: number | string): void;
  /** @throws RangeError always */
  rate(): void;
}

export interface CallerSimulatorOptions extends PeerOptions {
  address?: number | undefined;
  checksum?: 'sum' | 'xor' | undefined;
}

const FAULTS: readonly Fault[] = [...LINE_FAULTS, 'wrong-address', 'reboot'];
const POLL = 0x01;
const KEY = 0x02;

export async function startCallerSimulator(options: CallerSimulatorOptions): Promise<CallerSimulator> {
  const address = options.address ?? 1;
  const pressed: string[] = [];
  let rest = Buffer.alloc(0);

  const sum = (bytes: Buffer) =>
    options.checksum === 'xor'
      ? bytes.reduce((all, byte) => all ^ byte, 0)
      : bytes.reduce((all, byte) => all + byte, 0) % 256;
  const frame = (from: number, command: number, data: Buffer) => {
    const body = Buffer.concat([Buffer.of(from, command), data]);
    return Buffer.concat([Buffer.of(0xff, 0x68, body.length, body.length, 0x68), body, Buffer.of(sum(body), 0x16)]);
  };

  const peer = await Peer.open(options, {
    name: 'a caller',
    faults: FAULTS,
    // Two beginnings: one with unequal lengths, one that swallows what follows.
    noise: Buffer.from('ff680304ff68070768', 'hex'),
    damage: (answer) => Buffer.concat([answer.subarray(0, -2), Buffer.of((answer.at(-2) ?? 0) ^ 0xff, 0x16)]),
    onData: (bytes, line) => {
      rest = Buffer.concat([rest, bytes]);
      for (let at = rest.indexOf('ff68', 0, 'hex'); at >= 0; at = rest.indexOf('ff68', 0, 'hex')) {
        const length = rest[at + 2] ?? 0;
        const end = at + 5 + length + 2;
        if (rest.length < end) break;
        const body = rest.subarray(at + 5, at + 5 + length);
        const good = rest[at + 3] === length && rest[at + 4] === 0x68 && rest[end - 1] === 0x16;
        const checked = good && rest[end - 2] === sum(body);
        rest = rest.subarray(checked ? end : at + 1);
        if (checked && body[0] === address && body[1] === POLL) answerPoll(line);
      }
      if (rest.length > 4096) rest = Buffer.alloc(0);
    },
  });

  function answerPoll(line: Peer): void {
    const fault = line.takeFault();
    if (fault === 'reboot') {
      pressed.length = 0;
      line.answer(Buffer.alloc(0), 'silence', 'reboot');
      return;
    }
    const from = fault === 'wrong-address' ? address + 1 : address;
    const key = pressed.shift();
    const answer =
      key === undefined ? frame(from, POLL, Buffer.alloc(0)) : frame(from, KEY, Buffer.from(key, 'latin1'));
    line.answer(answer, fault, key === undefined ? 'poll' : 'key');
  }

  return {
    ...simulatorOf(peer),
    press: (key) => void pressed.push(String(key)),
    rate: () => {
      throw new RangeError('a caller has no grades');
    },
  };
}
