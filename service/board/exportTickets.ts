import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { csvOf } from '../../domain/board/csv.ts';
import { CLASS_NAMES, QUEUE_NAMES, TICKET_STATE_NAMES } from '../../domain/board/words.ts';
import { ticketTimesOf } from '../../domain/measure/ticketTimes.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import { findSticks } from '../doctor/places.ts';

const FOLDER = 'export';

const HEAD = [
  ...['号票', '队列', '类别', '状态', '取号', '首次叫号', '窗口', '办结', '过号次数'],
  ...['等候（分）', '走到窗口（分）', '办理（分）', '挂起（分）', '待叫取证（分）', '取证（分）', '办件数'],
];

/** Numbers, windows and times of one day; nobody's name is in it. @throws YichuangError `export-not-saved` */
export async function exportTickets(
  { store, now }: Pick<ServiceContext, 'store' | 'now'>,
  day: string,
): Promise<MethodOutput<'board.export'>> {
  const tickets = store.hall.ticketsOfDay(day);
  const text = csvOf(
    HEAD,
    tickets.map((ticket) => lineOf(ticket, now())),
  );
  const sticks = await findSticks();
  for (const folder of [...sticks, path.join(path.dirname(store.db.name), FOLDER)]) {
    const file = path.join(folder, `tickets-${day}.csv`);
    const isWritten = await write(file, text).then(
      () => true,
      () => false,
    );
    if (isWritten) return { folder, file, removable: sticks.includes(folder), rows: tickets.length };
  }
  throw new YichuangError('export-not-saved');
}

function lineOf(ticket: TicketRecord, now: number): (string | number | null)[] {
  const { number, queue, state, takenAt, calls, passes, cases } = ticket;
  const intake = calls.filter(({ purpose }) => purpose === 'intake');
  const ended = intake.findLast((call) => call.ended?.how === 'finished')?.ended?.at;
  const times = ticketTimesOf(ticket, null, now);
  return [
    ...[number, QUEUE_NAMES[queue], CLASS_NAMES[ticket.class], TICKET_STATE_NAMES[state]],
    hallMinute(Date.parse(takenAt)),
    ...[minuteOf(intake[0]?.at), intake.at(-1)?.window ?? null, minuteOf(ended), passes],
    ...[times.wait, times.walk, times.service, times.hold, times.pickupWait].map(minutes),
    minutes(times.pickupWalk + times.pickupService),
    cases.length,
  ];
}

function minuteOf(instant: string | undefined): string | null {
  return instant === undefined ? null : hallMinute(Date.parse(instant));
}

/** With one digit after the point. */
function minutes(ms: number): number {
  return Math.round(ms / 6_000) / 10;
}

/** Durable before anybody is told where it is. */
async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
