import type { ServiceContext } from '../context.ts';

const SPEAK_MS = 25_000;

/**
 * Reads a question to who stands at this machine, over the voice of the zone that has its name: the loudspeakers of a
 * floor are not for that. Recorded voices know the calls only. A question that follows breaks this one off.
 * @param params.twice and slowly: for the elder (users.md §C.16)
 */
export async function say(
  { config, devices }: ServiceContext,
  { text, twice }: { text: string; twice: boolean },
): Promise<{ spoken: boolean }> {
  const zone = config.terminal.id;
  const voice = config.devices.voices?.[zone];
  if (!voice || voice.driver === 'recorded') return { spoken: false };
  try {
    await devices.call('voice.stop', { zone }, 5_000);
    for (let time = 0; time < (twice ? 2 : 1); time += 1) {
      const { spoken } = await devices.call(
        'voice.speak',
        { zone, announcement: { event: 'question', text }, slow: twice },
        SPEAK_MS,
      );
      if (spoken === 0) return { spoken: false };
    }
    return { spoken: true };
  } catch {
    // Everything that is said is also on the screen.
    return { spoken: false };
  }
}
