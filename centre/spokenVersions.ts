import { PROTOCOL_VERSIONS } from '../contract/sync.ts';

/** Which version of the protocol each machine spoke when it last said hello, since the start: who is still to be updated. */
export class SpokenVersions {
  readonly #byDevice = new Map<string, number>();

  note(device: string, version: number): void {
    this.#byDevice.set(device, version);
  }

  /** How many machines speak each version that is spoken here, the newest first. */
  counts(): { version: number; machines: number }[] {
    const spoken = [...this.#byDevice.values()];
    return PROTOCOL_VERSIONS.map((version) => ({
      version,
      machines: spoken.filter((each) => each === version).length,
    }));
  }
}
