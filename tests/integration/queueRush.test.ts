import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import type { QueueAnswer } from '../../contract/queue.ts';
import { DEFAULT_PLAN } from '../../domain/queue/plan.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { temporaryFolder } from '../fixtures/centre.ts';
import { clerkOf, enrolTerminal, QueueTerminal, startQueueHall, TAKE } from '../fixtures/queueDesk.ts';
import { type RunningProcess, startCentreProcess, stopProcess } from '../fixtures/runningCentre.ts';

const WINDOWS = DEFAULT_PLAN.windows.map(({ terminal }) => terminal);
/** Numbers are given however long the wait is. */
const PLAN = { ...DEFAULT_PLAN, policy: { ...DEFAULT_PLAN.policy, stopBeforeClosing: false } };

/** Who was called where, as the windows heard it. */
class Winners {
  readonly byTicket = new Map<string, Set<string>>();

  note({ id }: TicketRecord, terminal: string): void {
    this.byTicket.set(id, (this.byTicket.get(id) ?? new Set()).add(terminal));
  }

  get twice(): [string, Set<string>][] {
    return [...this.byTicket].filter(([, terminals]) => terminals.size > 1);
  }
}

describe('over HTTP', () => {
  let hall: Awaited<ReturnType<typeof startQueueHall>>;
  beforeEach(async () => {
    hall = await startQueueHall();
  });
  afterEach(() => hall.dispose());

  it('18 windows calling at once empty two queues of 1,000 people, each called at one window', async () => {
    await hall.at('W01').ask({ kind: 'plan', plan: PLAN }, { actor: '3SUP' });
    const numbers = new Set<string>();
    for (let round = 0; round < 50; round++) {
      const takes = Array.from({ length: 20 }, (_, index) =>
        hall.at('K01').ticket({ ...TAKE, queue: index % 2 === 0 ? 'A' : 'B' }),
      );
      for (const { number } of await Promise.all(takes)) numbers.add(number);
    }
    expect(numbers.size).toBe(1000);
    const winners = new Winners();
    await Promise.all(
      WINDOWS.map(async (terminal) => {
        for (;;) {
          const answer = (await hall.at(terminal).ask({ kind: 'next' })) as QueueAnswer;
          if (!answer.ticket) return;
          winners.note(answer.ticket, terminal);
          await hall.at(terminal).ticket({ kind: 'finish', ticketId: answer.ticket.id });
        }
      }),
    );
    expect(winners.byTicket.size).toBe(1000);
    expect(winners.twice).toEqual([]);
    expect(verifyCentre(hall.dir)).toEqual([]);
  }, 120_000);
});

describe('a hub that is killed in the middle of a rush', () => {
  const KILLS = 3;
  const ANSWERS_BETWEEN = 120;
  const TICKETS = 250;
  let folder: ReturnType<typeof temporaryFolder>;
  let running: RunningProcess;
  beforeEach(async () => {
    folder = temporaryFolder();
    running = await startCentreProcess(folder.dir);
  });
  afterEach(async () => {
    await stopProcess(running.child, 'SIGKILL');
    folder.remove();
  });

  it('comes up again with no number given twice and nobody called at two windows', async () => {
    const terminals = await enrolAll();
    let answers = 0;
    let nextKill = ANSWERS_BETWEEN;
    let kills = 0;
    let back: Promise<void> = Promise.resolve();

    /** The same command until it is answered, whatever happens to the hub meanwhile. */
    async function ask(terminal: string, command: Parameters<QueueTerminal['ask']>[0]): Promise<QueueAnswer> {
      const commandId = uuidv7();
      for (;;) {
        await back;
        const { maker, token } = terminals.get(terminal) as QueueTerminal;
        const asked = new QueueTerminal(terminal, maker, running.url, token).ask(command, { commandId });
        const answer = await asked.catch(() => null);
        if (answer === null || answer === 'busy') continue;
        if (typeof answer === 'string') throw new Error(answer);
        if (++answers >= nextKill && kills < KILLS) {
          kills += 1;
          nextKill += ANSWERS_BETWEEN;
          back = killAndRestart();
        }
        return answer;
      }
    }

    async function killAndRestart(): Promise<void> {
      await stopProcess(running.child, 'SIGKILL');
      running = await startCentreProcess(folder.dir);
    }

    const winners = new Winners();
    const numbers: string[] = [];
    let isTaking = true;
    const taking = Promise.all(
      ['K01', 'K02'].map(async (kiosk) => {
        for (let index = 0; index < TICKETS / 2; index++) {
          const { ticket } = await ask(kiosk, { ...TAKE, queue: index % 2 === 0 ? 'A' : 'B' });
          numbers.push(ticket?.number ?? '');
        }
      }),
    ).then(() => {
      isTaking = false;
    });
    const calling = WINDOWS.map(async (terminal) => {
      for (;;) {
        const isLast = !isTaking;
        const { ticket } = await ask(terminal, { kind: 'next' });
        if (!ticket && isLast) return;
        if (!ticket) continue;
        winners.note(ticket, terminal);
        await ask(terminal, { kind: 'finish', ticketId: ticket.id });
      }
    });
    await Promise.all([taking, ...calling]);

    expect(kills).toBe(KILLS);
    expect(new Set(numbers).size).toBe(TICKETS);
    expect(winners.byTicket.size).toBe(TICKETS);
    expect(winners.twice).toEqual([]);
    await stopProcess(running.child, 'SIGTERM');
    expect(verifyCentre(folder.dir)).toEqual([]);
    running = await startCentreProcess(folder.dir);
  }, 120_000);

  async function enrolAll(): Promise<Map<string, QueueTerminal>> {
    const password = 'example-pass';
    await upsertStaffOffline(folder.dir, { number: '3SUP', name: '示例', roles: ['SUP'], password });
    const centre = {
      url: running.url,
      createEnrolmentCode: (order: { terminal: string }) => createEnrolmentCodeOffline(folder.dir, order),
    };
    const terminals = new Map<string, QueueTerminal>();
    for (const terminal of ['K01', 'K02', ...WINDOWS]) terminals.set(terminal, await enrolTerminal(centre, terminal));
    for (const terminal of WINDOWS) {
      await upsertStaffOffline(folder.dir, { number: clerkOf(terminal), name: '示例', roles: ['WIN'], password });
      await terminals.get(terminal)?.hear();
      await terminals.get(terminal)?.open('open', new Date().toISOString());
    }
    const supervisor = terminals.get('W01') as QueueTerminal;
    // On whatever day and at whatever hour this runs.
    const stop = { queue: 'all', reason: '演练', force: 'open' } as const;
    await supervisor.ask({ kind: 'issue', queue: 'all', stop }, { actor: '3SUP' });
    return terminals;
  }
});
