import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import { startOnbonSimulator } from '../../native/simulator/onbon-bx5k/simulator.ts';
import { timeDurableInserts } from './durableInsert.ts';
import { type Figure, figure, percentile } from './figures.ts';
import { startBenchHall } from './hallProcesses.ts';
import { steadyMs, until } from './steadyMs.ts';
import { WallClient } from './wallClient.ts';

const ROUNDS = 20;
const WARM_UP = 2;
const PROCESSES = 3;

/**
 * All 18 windows press at the same moment, again and again: until the answer is at the window, until the state of its floor
 * with this number is at a page of the screen machine, and until the bytes of the display over the window are at its card.
 * One process for the hub, one for the screen machine, which also drives the displays, and its devices process. `call`: the
 * windows are real services too, in three processes, whose pulls take the cores of this machine from the others;
 * `call.lan`: they only ask, pull and throw away, as eighteen machines of a hall would leave the hub and the screen their own. Beside it one durable row of the same
 * library on the same disk: eighteen decisions are eighteen of them. Target: p99 ≤ 150 ms to screen and display.
 */
export async function benchCall(): Promise<Figure[]> {
  return [...(await measure('call.lan', true)), ...(await measure('call', false))];
}

async function measure(prefix: string, isLight: boolean): Promise<Figure[]> {
  const windows = DEFAULT_PLAN.windows.map(({ terminal }) => terminal);
  const groups = Array.from({ length: PROCESSES }, (_, index) => windows.filter((_id, at) => at % PROCESSES === index));
  const shown = new Map<string, number>();
  const cards = await startCards(windows, (key) => {
    if (!shown.has(key)) shown.set(key, steadyMs());
  });
  const hall = await startBenchHall(
    groups,
    {
      screen: { tv: { host: '127.0.0.1', port: 0 } },
      hall: { displays: windows },
      devices: { displays: cards.config },
    },
    isLight,
  );
  const walls = await Promise.all([2, 3].map((floor) => WallClient.open(hall.tvPort, floor)));
  try {
    await takeNumbers(hall.take);
    const times = { answer: [] as number[], screen: [] as number[], display: [] as number[] };
    let before = hall.cpu();
    for (let round = 0; round < ROUNDS + WARM_UP; round++) {
      if (round === WARM_UP) before = hall.cpu();
      const pressed = await hall.press();
      const calls = pressed.map(({ terminal, number, ...rest }) => {
        if (number === null) throw new Error(`nobody waited at ${terminal}`);
        return { ...rest, onWall: `${number}@${Number(terminal.slice(1))}`, onCard: `${number}@${terminal}` };
      });
      const seenAt = (key: string): number | undefined =>
        walls.map(({ seen }) => seen.get(key)).find((at) => at !== undefined);
      await until(() => calls.every(({ onWall, onCard }) => seenAt(onWall) !== undefined && shown.has(onCard)));
      if (round >= WARM_UP) {
        for (const { pressedAt, answeredAt, onWall, onCard } of calls) {
          times.answer.push(answeredAt - pressedAt);
          times.screen.push((seenAt(onWall) ?? Number.NaN) - pressedAt);
          times.display.push((shown.get(onCard) ?? Number.NaN) - pressedAt);
        }
      }
      await hall.finish();
      await until(() => walls.every(({ showing }) => showing === 0));
    }
    const after = hall.cpu();
    const calls = ROUNDS * windows.length;
    const raw = timeDurableInserts(500);
    const latencies = Object.entries(times).flatMap(([name, all]) => [
      figure(`${prefix}.${name}.p50`, percentile(all, 0.5), 'ms', percentile(raw, 0.5)),
      figure(`${prefix}.${name}.p99`, percentile(all, 0.99), 'ms', percentile(raw, 0.99)),
    ]);
    // Of a call and its end, with all pulls that follow; of a window: one of the eighteen.
    const shares = { hub: 1, screen: 1, windows: windows.length };
    const names = isLight ? (['hub', 'screen'] as const) : (['hub', 'screen', 'windows'] as const);
    const cpu = names.map((name) =>
      figure(`${prefix}.cpu.${name}`, ((after[name] - before[name]) * 1000) / calls / shares[name], 'ms/call'),
    );
    return [...latencies, ...cpu];
  } finally {
    for (const wall of walls) wall.close();
    await hall.stop();
    await cards.close();
  }
}

/** As many as will be called, half of each queue's windows. */
async function takeNumbers(take: Awaited<ReturnType<typeof startBenchHall>>['take']): Promise<void> {
  for (const { queues } of DEFAULT_PLAN.windows) {
    const [queue = 'A'] = queues;
    for (let round = 0; round < ROUNDS + WARM_UP; round++) await take({ queue: queue as 'A' });
  }
}

/** A font card over every window. @param onText a text stands there: `B001@W03` */
async function startCards(windows: readonly string[], onText: (key: string) => void) {
  const cards = await Promise.all(
    windows.map(async (terminal) => {
      const card = await startOnbonSimulator({
        port: 'tcp://127.0.0.1:0',
        onExchange: () => {
          for (const { text } of card.areas.values()) {
            const number = /[A-Z]{1,2}\d{3,4}/.exec(text)?.[0];
            if (number) onText(`${number}@${terminal}`);
          }
        },
      });
      return { terminal, card };
    }),
  );
  return {
    config: Object.fromEntries(
      cards.map(({ terminal, card }) => [terminal, { driver: 'onbon-bx5k', port: card.port }] as const),
    ),
    close: () => Promise.all(cards.map(({ card }) => card.close())),
  };
}
