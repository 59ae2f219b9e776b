import { timeDurableInserts } from './durableInsert.ts';
import { type Figure, figure, percentile } from './figures.ts';
import { startBenchHall } from './hallProcesses.ts';
import { until } from './steadyMs.ts';
import { WallClient } from './wallClient.ts';

const SCREENS = 200;
const ROUNDS = 40;
const WARM_UP = 5;

/**
 * One window calls, and 200 screens that one machine feeds have the new state: the first of them, and the last. Hub, window
 * and screen machine are processes of their own; the 200 screens are sockets of this one, which reads them one after the
 * other. Beside it the time until the window has its own answer.
 */
export async function benchScreens(): Promise<Figure[]> {
  const hall = await startBenchHall([['W03']], { screen: { tv: { host: '127.0.0.1', port: 0 } } });
  const walls: WallClient[] = [];
  try {
    for (let index = 0; index < SCREENS; index++) walls.push(await WallClient.open(hall.tvPort, 2));
    for (let round = 0; round < ROUNDS + WARM_UP; round++) await hall.take({ queue: 'B' as 'A' });
    const times = { answer: [] as number[], first: [] as number[], last: [] as number[] };
    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      const [pressed] = await hall.press();
      if (!pressed?.number) throw new Error('nobody waited');
      const key = `${pressed.number}@3`;
      await until(() => walls.every(({ seen }) => seen.has(key)));
      const all = walls.map(({ seen }) => (seen.get(key) ?? Number.NaN) - pressed.pressedAt);
      if (round >= WARM_UP) {
        times.answer.push(pressed.answeredAt - pressed.pressedAt);
        times.first.push(Math.min(...all));
        times.last.push(Math.max(...all));
      }
      await hall.finish();
      await until(() => walls.every(({ showing }) => showing === 0));
    }
    const raw = timeDurableInserts(500);
    return [
      figure('screens.answer.p50', percentile(times.answer, 0.5), 'ms', percentile(raw, 0.5)),
      ...(['first', 'last'] as const).flatMap((name) => [
        figure(`screens.${name}.p50`, percentile(times[name], 0.5), 'ms', percentile(times.answer, 0.5)),
        figure(`screens.${name}.p99`, percentile(times[name], 0.99), 'ms', percentile(times.answer, 0.99)),
      ]),
    ];
  } finally {
    for (const wall of walls) wall.close();
    await hall.stop();
  }
}
