import type { CentreAnswer, ParkedAtCentre } from '../store/relayTypes.ts';
import type { CentreStore } from '../store/types.ts';
import type { UpstreamApi } from './upstream.ts';

/**
 * The centre judges again what it had parked when its program is updated. What takes effect then comes by its scopes; that it
 * has refused one is only said to who asks. So a hub asks, once after each broken line.
 * @returns the devices that wrote what has been decided
 * @throws LineError, UpstreamError
 */
export async function askAboutParked(
  store: Pick<CentreStore, 'parkedAtCentre' | 'recordAnswers'>,
  api: Pick<UpstreamApi, 'outcomes'>,
): Promise<string[]> {
  const answers: CentreAnswer[] = [];
  for (const chain of chainsOf(store.parkedAtCentre())) {
    let left = chain;
    for (let [first] = left; first !== undefined; [first] = left) {
      const { device, epoch, seq } = first;
      const results = await api.outcomes(device, epoch, seq - 1);
      const last = results.at(-1)?.seq ?? seq;
      for (const { seq: of, outcome, code } of results) {
        const asked = left.find((each) => each.seq === of);
        if (asked && outcome !== 'parked' && outcome !== 'held')
          answers.push({ logPosition: asked.logPosition, outcome, code });
      }
      left = left.filter((each) => each.seq > Math.max(last, seq));
    }
  }
  return answers.length > 0 ? store.recordAnswers(answers) : [];
}

function chainsOf(parked: readonly ParkedAtCentre[]): ParkedAtCentre[][] {
  return [...Map.groupBy(parked, ({ device, epoch }) => `${device}/${epoch}`).values()];
}
