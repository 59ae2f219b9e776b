import { hallDay } from '../../domain/time/hallTime.ts';
import { CLOCK_VARIABLE, hallClock, writeClock } from './clock.ts';
import { RehearsalDay } from './day.ts';
import { type Fault, faultsOf } from './faults.ts';
import { countFigures, type Figures } from './figures.ts';
import { openRehearsalHall } from './hall.ts';
import { planVisitors } from './plan.ts';
import { readTickets, verifyHall } from './proof.ts';
import { hallTime } from './time.ts';

const MINUTE = 60_000;
/** 23 November 2026, a Monday: the doors open at 8:30 (domain.md §5.3). */
const DAY_OPENS = '2026-11-23T08:30:00+08:00';
/** The clerks are there before the doors open. */
const EARLY_MS = 2 * MINUTE;
/** What one machine takes to start beside the others, ms of this machine. */
const START_MS = 2500;
/** Who has a number is served, whatever the time; nobody waits longer than this after the last number, ms. */
const LONGEST_EVENING_MS = 4 * 60 * MINUTE;

export interface RehearsalOptions {
  /** An empty folder. */
  dir: string;
  tickets: number;
  windows: number;
  kiosks: number;
  screens: number;
  /** How long numbers are taken, in hours of the hall. */
  hours: number;
  minutesPerSecond: number;
  faults: readonly Fault[];
  seed: number;
  onLog: (line: string) => void;
}

export interface RehearsalResult extends Figures {
  seed: number;
  windows: number;
  kiosks: number;
  screens: number;
  minutesPerSecond: number;
  faults: readonly Fault[];
  /** Numbers called that nobody in the hall had. */
  strangers: number;
  /** What clerks were told and had to do again, by code. */
  answers: Record<string, number>;
  /** From the clerk's key to the screen, ms of this machine; while the hub was there. */
  screenLagMs: { p50: number; p99: number; missed: number };
  verify: { clean: boolean; findings: string[] };
  realSeconds: number;
}

/**
 * A hall's day: real hub, kiosks, windows and screens, visitors by a plan, a clock that runs faster.
 * @throws Error when the hall cannot be opened
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const { dir, tickets, windows, kiosks, screens, hours, minutesPerSecond, faults, seed, onLog } = options;
  const opensAt = Date.parse(DAY_OPENS);
  const realStart = Date.now();
  // Machines start one after the other: until then the hall's clock stands before the doors open.
  const doorsOpen = realStart + (windows + kiosks + screens) * START_MS;
  const clock = { realStart: doorsOpen, hallStart: opensAt - EARLY_MS, speed: minutesPerSecond * 60 };
  process.env[CLOCK_VARIABLE] = writeClock(clock);
  const hall = await openRehearsalHall(dir, { windows, kiosks, screens }, onLog);
  try {
    const time = hallTime(hallClock(clock), clock.speed);
    // On a machine that was slower than that the doors open late.
    const begins = Math.max(opensAt, time.now() + MINUTE);
    const plan = planVisitors({ tickets, kiosks, windows, opensAt: begins, hours, seed });
    const day = new RehearsalDay(hall, time, plan);
    const isOutage = faultsOf(faults, hall, time, begins, { onLog, onHub: (isUp) => day.noteHub(isUp) });
    await day.run(begins + plan.lastTicketMs + LONGEST_EVENING_MS);
    await isOutage;
    await day.settle();
    const verify = await verifyHall(hall);
    const kept = await readTickets(hall.centreDir, hallDay(opensAt));
    return {
      ...countFigures(day.visits, kept),
      ...{ seed, windows, kiosks, screens, minutesPerSecond, faults },
      strangers: day.strangers,
      answers: day.answers,
      screenLagMs: day.watch.lag(),
      verify,
      realSeconds: Math.round((Date.now() - realStart) / 1000),
    };
  } finally {
    await hall.stop();
    delete process.env[CLOCK_VARIABLE];
  }
}
