import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEnrolmentCodeOffline, openIssuingOffline } from '../../centre/command.ts';
import { NOTICE } from '../../domain/preReview/notice.ts';
import { type EscposSimulator, startEscposSimulator } from '../../native/simulator/escpos/simulator.ts';
import { type SamSimulator, startSamSimulator } from '../../native/simulator/sam-ga450/simulator.ts';
import { VISITOR_CARDS } from '../../native/simulator/sam-ga450/visitorCards.ts';
import { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import { PAGES_DIR } from '../commands/installation.ts';
import { type RunningTerminal, startTerminal } from '../commands/terminal.ts';
import { findStablePort } from './stablePort.ts';
import type { Demo } from './startDemo.ts';

const ANY_PORT = 'tcp://127.0.0.1:0';
const HALL = 'main';
/** Of `DEMO_STAFF`. */
const SUPERVISOR = '9001';
const FLOOR = 2;
/** From the seat to the window, ms. */
const WALK_MS = 6_000;
/** A card lies this long on the clerk's reader. */
const CARD_MS = 4_000;
/** Pre-review of the visitors: what is asked for on this floor. */
const ITEMS = ['A05', 'A09', 'A14', 'A05'] as const;

export type VisitorState = 'waiting' | 'called' | 'at-window' | 'gone';

/** Somebody in the demonstrated hall. */
export interface DemoVisitor {
  card: string;
  number: string;
  state: VisitorState;
  /** Where they were called to. */
  window: number | null;
}

/** A kiosk and a calling screen beside the demonstrated window, and visitors who come, take numbers and go where they are called. */
export interface DemoHall {
  kioskUrl: string;
  screenUrl: string;
  ticketsDir: string;
  visitors(): readonly DemoVisitor[];
  /** One more visitor goes through the pre-review. @throws Error with the code when no number is given */
  comeIn(): Promise<DemoVisitor>;
  stop(): Promise<void>;
}

export async function startDemoHall(demo: Demo, dir: string): Promise<DemoHall> {
  const ticketsDir = path.join(dir, 'tickets');
  await openIssuingOffline(demo.folder.centreDir, { hall: HALL, actor: SUPERVISOR, reason: '演示，不限时间' });
  const reader = await startSamSimulator({ port: ANY_PORT });
  const printer = await startEscposSimulator({ port: ANY_PORT, saveDir: ticketsDir });
  const kiosk = await startMachine(demo, dir, {
    terminal: { id: 'K02', role: 'prereview', hall: HALL, floor: FLOOR },
    devices: {
      idReader: { driver: 'sam-ga450', port: reader.port },
      ticketPrinter: { driver: 'escpos', port: printer.port },
    },
  });
  const tvPort = await findStablePort();
  const screen = await startMachine(demo, dir, {
    terminal: { id: 'S01', role: 'screen', hall: HALL, floor: FLOOR },
    screen: { tv: { host: '127.0.0.1', port: tvPort } },
  });
  const hall = new Visitors(demo, reader, kiosk.client, screen.client);
  await hall.watch();
  return {
    kioskUrl: kiosk.running.pageUrl,
    screenUrl: `http://127.0.0.1:${tvPort}/screen?floor=${FLOOR}`,
    ticketsDir,
    visitors: () => hall.all,
    comeIn: () => hall.comeIn(),
    stop: async () => {
      hall.stop();
      await Promise.all([kiosk.stop(), screen.stop()]);
      await closeAll(reader, printer);
    },
  };
}

async function closeAll(reader: SamSimulator, printer: EscposSimulator): Promise<void> {
  await Promise.all([reader.close(), printer.close()]);
}

interface DemoMachine {
  running: RunningTerminal;
  client: RpcClient;
  stop(): Promise<void>;
}

async function startMachine(
  demo: Demo,
  dir: string,
  config: { terminal: { id: string; role: string; hall: string; floor: number }; devices?: object; screen?: object },
): Promise<DemoMachine> {
  const { id } = config.terminal;
  const enrolmentCode = await createEnrolmentCodeOffline(demo.folder.centreDir, { terminal: id });
  const file = path.join(dir, `${id}.json`);
  const text = JSON.stringify({ ...config, hub: { url: demo.centreUrl, enrolmentCode } }, null, 2);
  writeFileSync(file, text, { mode: 0o600 });
  const port = await findStablePort();
  const running = await startTerminal({ config: file, data: path.join(dir, id), port, pages: PAGES_DIR, demo: true });
  const client = await RpcClient.connect(running.rpcUrl, running.token);
  return {
    running,
    client,
    stop: async () => {
      client.close();
      await running.stop();
    },
  };
}

class Visitors {
  readonly all: DemoVisitor[] = [];
  readonly #demo: Demo;
  readonly #reader: SamSimulator;
  readonly #kiosk: RpcClient;
  readonly #screen: RpcClient;
  readonly #timers = new Set<NodeJS.Timeout>();
  #line: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(demo: Demo, reader: SamSimulator, kiosk: RpcClient, screen: RpcClient) {
    this.#demo = demo;
    this.#reader = reader;
    this.#kiosk = kiosk;
    this.#screen = screen;
  }

  async watch(): Promise<void> {
    await this.#screen.call('events.subscribe', { topics: ['queue'] });
    this.#screen.on('queue.changed', () => void this.#look());
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** One after the other: there is one kiosk. */
  comeIn(): Promise<DemoVisitor> {
    const mine = this.#line.then(() => this.#review());
    this.#line = mine.catch(() => {});
    return mine;
  }

  async #review(): Promise<DemoVisitor> {
    const cards = Object.keys(VISITOR_CARDS);
    const card = cards[this.#count % cards.length] ?? 'visitor-1';
    const itemCode = ITEMS[Math.floor(this.#count / cards.length) % ITEMS.length] ?? 'A05';
    this.#count += 1;
    const kiosk = this.#kiosk;
    this.#reader.layCard(card);
    try {
      await kiosk.call('prereview.identify', { notice: NOTICE.version, by: { kind: 'card', waitMs: 10_000 } });
      let { materials } = await kiosk.call('prereview.start', { itemCode });
      for (let open = materials.find(({ has }) => has === null); open; open = materials.find(({ has }) => has === null))
        ({ materials } = await kiosk.call('prereview.setMaterial', { code: open.code, has: true }));
      const { ticket, ticketProblem } = await kiosk.call('prereview.finish', {});
      if (ticket === null) throw new Error(ticketProblem?.code ?? 'no-ticket');
      const visitor: DemoVisitor = { card, number: ticket.number, state: 'waiting', window: null };
      this.all.push(visitor);
      return visitor;
    } finally {
      this.#reader.liftCard();
      await kiosk.call('prereview.cancel', {}).catch(() => {});
    }
  }

  /** Somebody reads the screen, gets up and walks; at the demonstrated window the card is laid down. */
  async #look(): Promise<void> {
    const { now } = await this.#screen.call('screen.state', { floor: FLOOR }).catch(() => ({ now: [] }));
    for (const { number, window } of now) {
      const visitor = this.all.find((each) => each.number === number);
      if (visitor?.state !== 'waiting') continue;
      visitor.state = 'called';
      visitor.window = window;
      for (const before of this.all)
        if (before !== visitor && before.window === window && before.state !== 'waiting') before.state = 'gone';
      this.#later(WALK_MS, () => this.#arrive(visitor));
    }
  }

  #arrive(visitor: DemoVisitor): void {
    if (visitor.state !== 'called') return;
    visitor.state = 'at-window';
    if (visitor.window !== this.#demo.window) return;
    this.#demo.reader.layCard(visitor.card);
    this.#later(CARD_MS, () => this.#demo.reader.liftCard());
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }
}
