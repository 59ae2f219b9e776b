import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram, runProgram } from '../../voice/program.ts';
import { parseWav, type Sound } from '../../voice/wav.ts';
import { SLOWER, type Utterance } from '../voice.ts';

/** What reads Chinese on this machine. */
export const ENGINES = ['espeak-ng', 'spd-say', 'sapi'] as const;
export type Engine = (typeof ENGINES)[number];

/**
 * The voice `cmn` of espeak-ng 1.51 reads every Chinese character as English letters; this one reads it as Mandarin and
 * letters by their Chinese names.
 */
const ESPEAK_VOICE = 'cmn-latn-pinyin';
const WORDS_PER_MINUTE = 150;
/** On the scales of spd-say (−100 … 100) and of SAPI (−10 … 10, a tenth power of 3): near `SLOWER`. */
const SPD_SAY_SLOW = '-25';
const SAPI_SLOW = '-2';
/** Text and file stand in the environment, where no quoting can go wrong. */
const SAPI_SCRIPT = `
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voice.SelectVoiceByHints('NotSet', 'NotSet', 0, [Globalization.CultureInfo]::GetCultureInfo('zh-CN'))
$format = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo(22050, 'Sixteen', 'Mono')
$voice.SetOutputToWaveFile($env:YICHUANG_SOUND, $format)
$voice.Rate = [int]$env:YICHUANG_RATE
$voice.Speak($env:YICHUANG_TEXT)
$voice.Dispose()
`;

/** @returns null when this machine has none */
export function findEngine(platform: NodeJS.Platform = process.platform, searchPath?: string): Engine | null {
  return platform === 'win32' ? 'sapi' : findProgram(['espeak-ng', 'spd-say'] as const, searchPath);
}

/** @throws YichuangError `voice-program-missing`, `voice-failed` */
export function speakDirectly(text: string, slow: boolean, signal: AbortSignal): Promise<void> {
  const rate = slow ? ['--rate', SPD_SAY_SLOW] : [];
  return runProgram(['spd-say', '--wait', '--language', 'zh', ...rate, '--pipe-mode'], { signal, input: text });
}

/**
 * @returns null when the signal was raised
 * @throws YichuangError `voice-program-missing`, `voice-failed`
 */
export async function render(
  engine: 'espeak-ng' | 'sapi',
  { text, slow }: Pick<Utterance, 'text' | 'slow'>,
  signal: AbortSignal,
): Promise<Sound | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yichuang-voice-'));
  try {
    const file = path.join(folder, 'speech.wav');
    if (engine === 'espeak-ng') {
      const pace = String(Math.round(slow ? WORDS_PER_MINUTE / SLOWER : WORDS_PER_MINUTE));
      const args = ['-v', ESPEAK_VOICE, '-s', pace, '-b', '1', '-w', file, '--stdin'];
      await runProgram(['espeak-ng', ...args], { signal, input: text });
    } else {
      await runProgram(['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', SAPI_SCRIPT], {
        signal,
        env: { YICHUANG_SOUND: file, YICHUANG_TEXT: text, YICHUANG_RATE: slow ? SAPI_SLOW : '0' },
      });
    }
    return signal.aborted ? null : parseWav(await readFile(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
