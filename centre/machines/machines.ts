import type { MachineList, MachineReport } from '../../contract/machines.ts';
import type { EnrolledDevice } from '../store/types.ts';

/** Two reckonings of the same beginning may differ by what a line takes, ms. */
const SAME_BEGINNING_MS = 5_000;

type Machine = MachineList['machines'][number];
type Alarm = Machine['alarms'][number];

interface Heard {
  device: Pick<EnrolledDevice, 'id' | 'hall' | 'terminal'>;
  /** Of a clock that only goes forward, ms. */
  at: number;
  report: MachineReport;
  alarms: Alarm[];
}

/**
 * What the machines of each hall said last. Kept in memory only: a hub that starts anew hears everybody within seconds,
 * and of a machine that fell silent meanwhile its window and its last record tell.
 */
export class Machines {
  readonly #now: () => number;
  readonly #monotonic: () => number;
  readonly #heard = new Map<string, Heard>();

  /** @param monotonic milliseconds that only go forward: who is silent is never a matter of the wall clock */
  constructor(now: () => number, monotonic: () => number) {
    this.#now = now;
    this.#monotonic = monotonic;
  }

  /** @param device authenticated: what it says is said of itself only */
  hear(device: Heard['device'], report: MachineReport): void {
    const before = this.#heard.get(device.id)?.alarms ?? [];
    const now = this.#now();
    const alarms = report.alarms.map(({ code, level, ageMs, known }): Alarm => {
      const since = now - ageMs;
      const same = before.find((alarm) => alarm.code === code && isNear(Date.parse(alarm.since), since));
      return { code, level, since: same?.since ?? new Date(since).toISOString(), known };
    });
    this.#heard.set(device.id, { device, at: this.#monotonic(), report, alarms });
  }

  /** @param isInService of a device; one that was revoked meanwhile is nobody's any more */
  async list(hall: string, isInService: (device: string) => Promise<boolean>): Promise<Machine[]> {
    const found: Machine[] = [];
    for (const heard of [...this.#heard.values()]) {
      const { device, at, report, alarms } = heard;
      if (device.hall !== hall) continue;
      if (!(await isInService(device.id))) {
        this.#heard.delete(device.id);
        continue;
      }
      const heardMsAgo = Math.max(0, Math.round(this.#monotonic() - at));
      const { role, program, protocol, leaving } = report;
      found.push({
        ...{ device: device.id, terminal: device.terminal, role, program, protocol, alarms, left: leaving },
        ...{ heardMsAgo, heardAt: new Date(this.#now() - heardMsAgo).toISOString() },
      });
    }
    return found.sort((a, b) => a.terminal.localeCompare(b.terminal) || a.heardMsAgo - b.heardMsAgo);
  }
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME_BEGINNING_MS;
}
