import type { DeviceKey } from '../contract/deviceProtocol.ts';

const FIRST_MS = 30_000;
const MAX_MS = 600_000;

/**
 * Devices whose port hung: the devices process had to be ended for them, with everybody in it. They are left out for a
 * while, each time longer, so that one sick port does not take the others down again and again (devices.md §6.2).
 */
export class Quarantine {
  readonly #now: () => number;
  readonly #hung = new Map<DeviceKey, { times: number; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns how long it is left out, milliseconds */
  add(device: DeviceKey): number {
    const times = (this.#hung.get(device)?.times ?? 0) + 1;
    const pause = Math.min(FIRST_MS * 2 ** (times - 1), MAX_MS);
    this.#hung.set(device, { times, until: this.#now() + pause });
    return pause;
  }

  /** Devices that are left out now. */
  get devices(): Set<DeviceKey> {
    const now = this.#now();
    return new Set([...this.#hung].filter(([, { until }]) => until > now).map(([device]) => device));
  }

  /** A person wants it tried now; how often it hung is not forgotten. */
  release(device: DeviceKey): void {
    const entry = this.#hung.get(device);
    if (entry) entry.until = 0;
  }

  /** It works: the next hang is the first again. */
  forget(device: DeviceKey): void {
    if (!this.devices.has(device)) this.#hung.delete(device);
  }
}
