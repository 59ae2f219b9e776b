import { setTimeout as delay } from 'node:timers/promises';
import { LINE_FAULTS } from '../faults.ts';
import { type FaultySimulator, Peer, type PeerOptions, simulatorOf } from '../peer.ts';
import type { Fault } from '../types.ts';

/** Speech modules as bytes, from devices.md §4.3 alone: they share no code with the drivers they test. */

export interface SpeechSimulator extends FaultySimulator {
  /** Texts spoken to the end, without their marks, in order. */
  readonly spoken: readonly string[];
  /** The marks of the last text. */
  readonly marks: string;
  /** Texts that were broken off by another or by a stop. */
  readonly brokenOff: readonly string[];
}

export interface SpeechSimulatorOptions extends PeerOptions {
  /** How long a character takes; real modules take 250–350 ms. */
  characterMs?: number | undefined;
}

const FAULTS: readonly Fault[] = [...LINE_FAULTS, 'busy', 'reboot'];
const BYTE = { initialised: 0x4a, accepted: 0x41, rejected: 0x45, busy: 0x4e, idle: 0x4f };
const MAX_TEXT = 200;
const CHARACTER_MS = 300;

export const startSyn6288Simulator = (options: SpeechSimulatorOptions) => startSpeechSimulator(options, true);
/** Also SYN6658. */
export const startXfs5152Simulator = (options: SpeechSimulatorOptions) => startSpeechSimulator(options, false);

async function startSpeechSimulator(options: SpeechSimulatorOptions, hasChecksum: boolean): Promise<SpeechSimulator> {
  const spoken: string[] = [];
  const brokenOff: string[] = [];
  let marks = '';
  let rest = Buffer.alloc(0);
  let speaking: { text: string; stop: AbortController } | null = null;

  const silence = () => {
    if (!speaking) return;
    speaking.stop.abort();
    brokenOff.push(speaking.text);
    speaking = null;
  };

  const speak = (text: string, peer: Peer, fault: Fault | null) => {
    silence();
    const mine = { text, stop: new AbortController() };
    speaking = mine;
    const ms = text.length * (options.characterMs ?? CHARACTER_MS);
    const ended = delay(fault === 'reboot' ? ms / 2 : ms, undefined, { signal: mine.stop.signal, ref: false });
    ended.then(
      () => {
        speaking = null;
        if (fault === 'reboot') {
          brokenOff.push(text);
          peer.answer(Buffer.of(BYTE.initialised), null, 'reboot');
        } else {
          spoken.push(text);
          // A lost "idle" is what `busy` looks like: the module never says that it has ended.
          if (fault !== 'busy') peer.answer(Buffer.of(BYTE.idle), null, 'idle');
        }
      },
      () => {},
    );
  };

  const obey = (frame: Buffer, peer: Peer) => {
    const command = frame[3];
    const fault = peer.takeFault();
    if (command === 0x21) {
      const busy = speaking !== null || fault === 'busy';
      peer.answer(Buffer.of(busy ? BYTE.busy : BYTE.idle), fault, 'status');
      return;
    }
    // The frame came damaged, or was lost on the way: the module has heard nothing it could speak.
    const heard = fault !== 'bad-checksum' && fault !== 'silence' && (!hasChecksum || xor(frame) === 0);
    const content = frame.subarray(4, hasChecksum ? -1 : undefined);
    const good = heard && (command !== 0x01 || (content.length - 1 <= MAX_TEXT && content[0] === 1));
    peer.answer(Buffer.of(good ? BYTE.accepted : BYTE.rejected), fault, `${command?.toString(16)} ${content.length}`);
    if (!good) return;
    if (command === 0x02) silence();
    if (command === 0x01) {
      const text = new TextDecoder('gbk').decode(content.subarray(1));
      marks = /^(\[[a-z]\d+\])*/.exec(text)?.[0] ?? '';
      speak(text.slice(marks.length), peer, fault);
    }
  };

  const peer = await Peer.open(options, {
    name: 'a speech module',
    faults: FAULTS,
    // None of the five answers.
    noise: Buffer.from('00fd7f4c', 'hex'),
    damage: (answer) => answer,
    onData: (bytes, line) => {
      rest = Buffer.concat([rest, bytes]);
      for (;;) {
        const at = rest.indexOf(0xfd);
        if (at < 0 || rest.length < at + 3) return;
        const length = rest.readUInt16BE(at + 1);
        if (length > 4096) {
          rest = rest.subarray(at + 1);
          continue;
        }
        if (rest.length < at + 3 + length) return;
        const frame = rest.subarray(at, at + 3 + length);
        rest = rest.subarray(at + 3 + length);
        obey(frame, line);
      }
    },
    onClose: () => speaking?.stop.abort(),
  });
  return {
    ...simulatorOf(peer),
    spoken,
    brokenOff,
    get marks() {
      return marks;
    },
  };
}

function xor(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
