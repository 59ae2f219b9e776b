import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publishCalendar } from '../../centre/publish.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import { startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';
import { nextCase } from './caseOps.ts';
import { type Figure, figure, percentile } from './figures.ts';
import { enrolFleet, type FleetTerminal } from './fleet.ts';
import { LiveLine } from './liveLine.ts';
import { PushLine, pushRequest } from './pushLine.ts';
import { residentKiB } from './residentKiB.ts';

const CONNECTIONS = 18_000;
const ROUNDS = 300;
/** Lines that are opened at once. */
const WAVE = 100;
/** For what is to arrive, ms. */
const DEADLINE_MS = 30_000;

/**
 * Live lines of so many terminals at one centre, 18 in each hall, all open at the same time. `hall`: one pushes a case,
 * from its request to the hint at each of the 18, beside the push's own answer; target: p99 ≤ 100 ms. `lag`: from that
 * answer to the hint, so the disk is not in it. `all`: a
 * publication, from the first hint to each of all. `memory` is what a line costs the centre.
 */
export async function benchLive(connections = CONNECTIONS, rounds = ROUNDS): Promise<Figure[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-bench-'));
  const centreDir = path.join(dir, 'centre');
  const fleet = enrolFleet(centreDir, 'live', connections);
  const centre = await startCentreProcess(centreDir);
  const lines: LiveLine[] = [];
  try {
    const memoryBefore = residentKiB(centre.child.pid);
    const startedAt = performance.now();
    for (let first = 0; first < fleet.length; first += WAVE) {
      const wave = fleet.slice(first, first + WAVE);
      lines.push(...(await Promise.all(wave.map(({ token }) => LiveLine.open(centre.url, token)))));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const memory = (residentKiB(centre.child.pid) - memoryBefore) / connections;
    const { hints, answers, lags } = await hintsOfHalls(centre.url, fleet, lines, rounds);
    const spread = await hintsOfAll(centreDir, lines);
    return [
      figure('live.connect', connections / seconds, 'lines/s'),
      figure('live.memory', memory, 'KiB/line'),
      figure('live.hall.p50', percentile(hints, 0.5), 'ms', percentile(answers, 0.5)),
      figure('live.hall.p99', percentile(hints, 0.99), 'ms', percentile(answers, 0.99)),
      figure('live.hall.lag.p99', percentile(lags, 0.99), 'ms'),
      figure('live.all.p50', percentile(spread, 0.5), 'ms'),
      figure('live.all.p99', percentile(spread, 0.99), 'ms'),
    ];
  } finally {
    for (const line of lines) line.close();
    await stopProcess(centre.child, 'SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  }
}

/** In each round a terminal of another hall pushes a case. */
async function hintsOfHalls(
  url: string,
  fleet: readonly FleetTerminal[],
  lines: readonly LiveLine[],
  rounds: number,
): Promise<{ hints: number[]; answers: number[]; lags: number[] }> {
  const halls = [...new Set(fleet.map(({ hall }) => hall))];
  const hints: number[] = [];
  const answers: number[] = [];
  const lags: number[] = [];
  const pushing = await PushLine.open(url);
  for (let round = 0; round < rounds; round++) {
    const hall = halls[(round * 7) % halls.length];
    const listening = lines.filter((_, index) => fleet[index]?.hall === hall);
    const pusher = fleet.find((terminal) => terminal.hall === hall);
    if (!pusher) throw new Error('a hall has terminals');
    const { maker, token } = pusher;
    const ops = nextCase(maker, round + 1);
    const body = Buffer.from(JSON.stringify({ device: maker.device, epoch: 1, ops }));
    const request = pushRequest('/sync/v1/push', body, { authorization: `Bearer ${token}` });
    const arrived = arrivals(listening);
    const startedAt = performance.now();
    await pushing.post(request);
    const answeredAt = performance.now();
    answers.push(answeredAt - startedAt);
    for (const at of await arrived) {
      hints.push(at - startedAt);
      lags.push(at - answeredAt);
    }
  }
  pushing.close();
  return { hints, answers, lags };
}

/** By another process, as the command `publish` does it: the centre finds it within a second. */
async function hintsOfAll(centreDir: string, lines: readonly LiveLine[]): Promise<number[]> {
  const arrived = arrivals(lines);
  const store = openSqliteStore(centreDir);
  await publishCalendar(store, { years: [], overrides: [] }, Date.now);
  store.close();
  const at = await arrived;
  const first = Math.min(...at);
  return at.map((each) => each - first);
}

/** When the next hint arrives at each. */
function arrivals(lines: readonly LiveLine[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const at: number[] = [];
    const timer = setTimeout(() => reject(new Error(`${at.length} of ${lines.length} hints arrived`)), DEADLINE_MS);
    for (const line of lines) {
      line.onHint = () => {
        line.onHint = null;
        at.push(performance.now());
        if (at.length < lines.length) return;
        clearTimeout(timer);
        resolve(at);
      };
    }
  });
}
