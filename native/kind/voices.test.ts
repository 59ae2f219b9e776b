import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Announcement } from '../../domain/announcement/announcement.ts';
import { sentenceOf } from '../../domain/announcement/sentence.ts';
import { runDevices } from '../../tests/fixtures/modbus.ts';
import { SLOWER } from '../driver/voice.ts';
import { type SpeechSimulatorOptions, startSyn6288Simulator } from '../simulator/speech/module.ts';
import { loadPack } from '../voice/pack.ts';
import { SHIPPED_PACK } from '../voice/shippedPack.ts';
import { parseWav } from '../voice/wav.ts';

/** Voices through the methods of the devices process: a simulated module, and real programs that play and speak. */

let folder: string;
const cleanUps: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'voices-'));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  await rm(folder, { recursive: true, force: true });
});

const CALL: Announcement = { event: 'call', ticket: 'A015', window: 3 };
const speak = (announcement: Announcement, zone = 'floor-2') => ({ zone, announcement });

async function module(options: Partial<SpeechSimulatorOptions> = {}) {
  const simulator = await startSyn6288Simulator({ port: 'tcp://127.0.0.1:0', characterMs: 2, ...options });
  cleanUps.push(() => simulator.close());
  return simulator;
}

/** A program that keeps every sound it is given, in order, instead of making it heard. */
async function listener(script = ''): Promise<{ player: string[]; heard: () => Promise<Buffer[]> }> {
  const file = path.join(folder, 'play');
  const kept = path.join(folder, 'heard');
  await writeFile(file, `#!/bin/sh\n${script}\nmkdir -p '${kept}'\ncp "$1" "${kept}/$(date +%s%N).wav"\n`);
  await chmod(file, 0o755);
  return {
    player: [file],
    heard: async () => {
      const names = await readdir(kept).catch(() => []);
      return Promise.all(names.sort().map((name) => readFile(path.join(kept, name))));
    },
  };
}

/** Without the moments of silence that ask after the sound card. */
const speech = (sounds: Buffer[]) => sounds.map(parseWav).filter(({ samples }) => samples.some((each) => each !== 0));

describe('a speech module in a zone', () => {
  it('speaks a call twice and says so, one call after the other', async (test) => {
    const simulator = await module();
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'syn6288', port: simulator.port } },
    });
    await started;
    const second: Announcement = { event: 'call', ticket: 'B007', window: 8 };
    const spoken = await Promise.all([
      devices.call('voice.speak', speak(CALL)),
      devices.call('voice.speak', speak(second)),
      devices.call('voice.speak', speak({ event: 'closing' })),
    ]);
    expect(spoken).toEqual([{ spoken: 2 }, { spoken: 2 }, { spoken: 1 }]);
    const [first, other] = [sentenceOf(CALL), sentenceOf(second)];
    expect(simulator.spoken).toEqual([first, first, other, other, sentenceOf({ event: 'closing' })]);
    expect(simulator.brokenOff).toEqual([]);
  });

  it('speaks each once when more than three wait', async (test) => {
    const simulator = await module();
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'syn6288', port: simulator.port } },
    });
    await started;
    const calls = Array.from(
      { length: 6 },
      (_, index): Announcement => ({ ...CALL, ticket: `A00${index}` }) as Announcement,
    );
    const spoken = await Promise.all(calls.map((call) => devices.call('voice.speak', speak(call))));
    expect(spoken.map((each) => (each as { spoken: number }).spoken)).toEqual([1, 1, 2, 2, 2, 2]);
  });

  it('reads 1 as 幺 and as often as the zone is set to', async (test) => {
    const simulator = await module();
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'syn6288', port: simulator.port, one: '幺', repeat: 1 } },
    });
    await started;
    expect(await devices.call('voice.speak', speak(CALL))).toEqual({ spoken: 1 });
    expect(simulator.spoken).toEqual(['请A零幺五号到三号窗口办理业务']);
  });

  it('falls silent when it is told to, and whoever waited knows that nothing was spoken', async (test) => {
    const simulator = await module({ characterMs: 100 });
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'syn6288', port: simulator.port } },
    });
    await started;
    const waiting = [
      devices.call('voice.speak', speak(CALL)),
      devices.call('voice.speak', speak({ event: 'closing' })),
    ];
    await vi.waitFor(() => expect(simulator.marks).not.toBe(''), 5000);
    await devices.call('voice.stop', { zone: 'floor-2' });
    expect(await Promise.all(waiting)).toEqual([{ spoken: 0 }, { spoken: 0 }]);
    await vi.waitFor(() => expect(simulator.brokenOff).toEqual([sentenceOf(CALL)]));
    expect(simulator.spoken).toEqual([]);
  });

  it('that is absent fails every call at once and holds up nobody', async (test) => {
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'syn6288', port: 'tcp://127.0.0.1:1' } },
    });
    await started;
    const all = [CALL, CALL, CALL].map((each) => devices.call('voice.speak', speak(each)));
    for (const each of await Promise.allSettled(all)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'device-offline' } });
    }
    await expect(devices.call('voice.speak', speak(CALL, 'floor-9'))).rejects.toMatchObject({
      code: 'device-not-configured',
    });
  });
});

describe('recorded pieces in a zone', () => {
  it('are joined and played twice, with the chime', async (test) => {
    const { player, heard } = await listener();
    const { devices, started, health } = runDevices(test, { voices: { 'floor-2': { driver: 'recorded', player } } });
    await started;
    expect(await devices.call('voice.speak', speak(CALL))).toEqual({ spoken: 2 });
    const sounds = speech(await heard());
    expect(sounds).toHaveLength(2);
    expect(sounds[1]).toEqual(sounds[0]);
    const pack = await loadPack(SHIPPED_PACK);
    const last = pack.pieces.get('办理业务') ?? new Int16Array();
    expect(sounds[0]?.samples.subarray(-last.length)).toEqual(last);
    // A second of chime and a quarter of silence, then 请.
    const first = pack.pieces.get('请') ?? new Int16Array();
    const at = Math.round(pack.manifest.sampleRate * 1.25);
    expect(sounds[0]?.samples.subarray(at, at + first.length)).toEqual(first);
    expect(health('voices.floor-2')).toBe('online');
  });

  it('are slower for the elder: the words, not the chime', async (test) => {
    const { player, heard } = await listener();
    const { devices, started } = runDevices(test, { voices: { 'floor-2': { driver: 'recorded', player } } });
    await started;
    await devices.call('voice.speak', speak(CALL));
    await devices.call('voice.speak', { ...speak(CALL), slow: true });
    const [usual, , slow] = speech(await heard());
    if (!usual || !slow) throw new Error('not heard');
    const chime = Math.round(usual.sampleRate * 1.25);
    expect(slow.samples.subarray(0, chime)).toEqual(usual.samples.subarray(0, chime));
    const longer = (slow.samples.length - chime) / (usual.samples.length - chime);
    expect(Math.abs(longer - SLOWER)).toBeLessThan(0.02);
  });

  it('are as loud as the zone is set to', async (test) => {
    const { player, heard } = await listener();
    const { devices, started } = runDevices(test, {
      voices: {
        loud: { driver: 'recorded', player, repeat: 1 },
        quiet: { driver: 'recorded', player, repeat: 1, volume: 25 },
      },
    });
    await started;
    await devices.call('voice.speak', speak(CALL, 'loud'));
    await devices.call('voice.speak', speak(CALL, 'quiet'));
    const [loud, quiet] = speech(await heard()).map(({ samples }) =>
      samples.reduce((most, each) => Math.max(most, each), 0),
    );
    expect((quiet ?? 0) / (loud ?? 1)).toBeCloseTo(0.25, 2);
  });

  it('are a fault without a whole pack, and without a player that ends well', async (test) => {
    const { player } = await listener();
    const failing = await listener('exit 1');
    await writeFile(path.join(folder, 'manifest.json'), '{}');
    const { devices, started } = runDevices(test, {
      voices: {
        empty: { driver: 'recorded', player, pack: folder },
        mute: { driver: 'recorded', player: failing.player },
        none: { driver: 'recorded', player: [path.join(folder, 'nothing')] },
      },
    });
    await started;
    const codes = ['empty', 'mute', 'none'].map(async (zone) => {
      const failed = devices.call('voice.speak', speak(CALL, zone));
      await expect(failed).rejects.toThrow();
      const status = await devices.call('devices.test', { device: `voices.${zone}` });
      return (status as { health: string; reason: string }).reason;
    });
    expect(await Promise.all(codes)).toEqual(['voice-pack-broken', 'voice-failed', 'voice-program-missing']);
  });
});

describe('the voice of the system in a zone', () => {
  it('speaks Mandarin with espeak-ng behind the chime', async (test) => {
    const { player, heard } = await listener();
    const { devices, started } = runDevices(test, {
      voices: { 'floor-2': { driver: 'system', engine: 'espeak-ng', player, repeat: 1 } },
    });
    await started;
    expect(await devices.call('voice.speak', speak(CALL))).toEqual({ spoken: 1 });
    const [sound] = speech(await heard());
    const seconds = (sound?.samples.length ?? 0) / (sound?.sampleRate ?? 1);
    await devices.call('voice.speak', { ...speak(CALL), slow: true });
    const slow = speech(await heard()).at(-1);
    const chime = (sound?.sampleRate ?? 0) * 1.25;
    // The engine shortens its pauses by another measure than its syllables.
    expect(((slow?.samples.length ?? 0) - chime) / ((sound?.samples.length ?? 0) - chime)).toBeGreaterThan(1.15);
    // A second and a quarter, and a sentence of fourteen syllables; read as English letters it would be twice as long.
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThan(6.5);
  });
});
