import { afterEach, expect, test, vi } from 'vitest';
import type { HealthAlarm } from '../../contract/health.ts';
import type { MachineReport } from '../../contract/machines.ts';
import { CentreError } from '../../sync/centreError.ts';
import { MachineReporter } from './reporter.ts';

const AT = Date.parse('2026-11-27T01:00:00.000Z');
const BACKUP: HealthAlarm = {
  ...{ code: 'backup-failed', level: 'over', since: '2026-11-27T00:59:00.000Z', known: null },
  detail: { error: 'EACCES' },
};

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function machine(answer: (report: MachineReport) => Promise<{ versions: number[]; centreTime: string }>) {
  const line = { link: 'connected' as 'connected' | 'offline', passed: 0, alarms: [] as HealthAlarm[] };
  const said: MachineReport[] = [];
  const spoken: number[] = [];
  const reporter: MachineReporter = new MachineReporter({
    sync: {
      get state() {
        return { link: line.link, lastContact: null, clockOffsetMs: null };
      },
      hall: {
        report: (report: MachineReport) => {
          said.push(report);
          return answer(report);
        },
      },
    } as never,
    alarms: () => line.alarms,
    role: 'window',
    program: '0.1.0',
    onSpoken: () => spoken.push(reporter.spoken ?? 0),
    now: () => AT,
    monotonic: () => line.passed,
  });
  ends.push(() => void reporter.stop());
  return { reporter, line, said, spoken };
}

const taken = async () => ({ versions: [3, 2, 1], centreTime: new Date(AT).toISOString() });

test('it says its alarms by code and age, at once when one comes and else every ten seconds; nothing of a detail', async () => {
  const { reporter, line, said, spoken } = machine(taken);
  await reporter.look();
  await reporter.look();
  expect(said).toHaveLength(1);
  line.alarms = [BACKUP];
  reporter.note();
  await reporter.look();
  expect(said.at(-1)?.alarms).toEqual([{ code: 'backup-failed', level: 'over', ageMs: 60_000, known: null }]);
  expect(JSON.stringify(said)).not.toContain('EACCES');
  line.passed = 10_000;
  await reporter.look();
  expect(said).toHaveLength(3);
  expect(spoken).toEqual([3]);
});

test('without a line it says nothing, and the first thing once there is one', async () => {
  const { reporter, line, said } = machine(taken);
  line.link = 'offline';
  reporter.note();
  await reporter.look();
  expect(said).toEqual([]);
  line.link = 'connected';
  await reporter.look();
  expect(said).toHaveLength(1);
});

test('a hub of an older program is left alone for five minutes; one that is only busy is not', async () => {
  const busy = machine(() => Promise.reject(new CentreError('offline', 'busy')));
  await busy.reporter.look();
  busy.line.passed = 10_000;
  await busy.reporter.look();
  expect(busy.said).toHaveLength(2);
  const old = machine(() => Promise.reject(new CentreError('protocol', 'http 404')));
  await old.reporter.look();
  old.line.passed = 299_000;
  await old.reporter.look();
  expect(old.said).toHaveLength(1);
  old.line.passed = 300_000;
  await old.reporter.look();
  expect(old.said).toHaveLength(2);
});

test('its last word is that its silence is meant, and a hub that does not answer keeps no program from ending', async () => {
  const { reporter, said } = machine(taken);
  await reporter.look();
  await reporter.stop();
  expect(said.map(({ leaving }) => leaving)).toEqual([false, true]);
  vi.useFakeTimers();
  ends.push(() => vi.useRealTimers());
  const mute = machine(() => new Promise(() => {}));
  const stopped = mute.reporter.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  await stopped;
  expect(mute.said.map(({ leaving }) => leaving)).toEqual([true]);
});
