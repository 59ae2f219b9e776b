import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import { z } from 'zod';
import { FAULTS } from '../../native/simulator/types.ts';
import type { DemoHall } from './demoHall.ts';
import type { Demo } from './startDemo.ts';

/** Cards a visitor can lay, with what they are good for. */
const CARDS = [
  { key: 'zhangsan', label: '张三' },
  { key: 'lina', label: '李娜' },
  { key: 'expired', label: '过期的证件' },
  { key: 'rare-name', label: '生僻字姓名' },
  { key: 'test-j', label: '港澳台居住证' },
  { key: 'test-y', label: '外国人永久居留证' },
  { key: 'not-an-id-card', label: '不是身份证的卡' },
] as const;

const PAGE_DIR = path.join(import.meta.dirname, 'desk');

export interface Desk {
  url: string;
  close(): Promise<void>;
}

/**
 * A page on the loopback address that stands for the things on the desk: cards to lay, paper to run out, the line to
 * the centre to cut, and the slips that came out. For demonstrations and training; no part of a terminal.
 */
export async function startDesk(demo: Demo, hall: DemoHall | null): Promise<Desk> {
  const app = fastify();
  let laid: string | null = null;
  let printerFault: string | null = null;

  app.addHook('onRequest', async (request, reply) => {
    if (!/^127\.0\.0\.1:\d+$/.test(request.headers.host ?? '')) await reply.code(421).send();
  });
  await app.register(fastifyStatic, { root: PAGE_DIR });

  app.get('/state', async () => ({
    bills: await readBills(demo),
    cards: CARDS,
    laid,
    printerFault,
    centre: demo.isCentreUp(),
    centreUrl: demo.centreUrl,
    officeUrl: demo.officeUrl,
    slips: readdirSync(demo.folder.slipsDir)
      .filter((name) => name.endsWith('.svg'))
      .sort(),
    window: describeWindow(demo),
    hall: hall && describeHall(hall),
  }));
  app.get('/slips/:name', (request, reply) => {
    const { name } = z.object({ name: z.string().regex(/^slip-\d+\.svg$/) }).parse(request.params);
    return reply.type('image/svg+xml').send(createReadStream(path.join(demo.folder.slipsDir, name)));
  });
  app.get('/sheets/:name', (request, reply) => {
    const { name } = z.object({ name: z.string().regex(/^sheet-\d+\.png$/) }).parse(request.params);
    return reply.type('image/png').send(createReadStream(path.join(demo.furniture?.sheetsDir ?? '', name)));
  });
  app.post('/press', (request) => {
    const { key } = z.strictObject({ key: z.int().min(1).max(20) }).parse(request.body);
    demo.furniture?.press(key);
    return {};
  });
  app.post('/rate', (request) => {
    const { level } = z.strictObject({ level: z.int().min(1).max(5) }).parse(request.body);
    demo.furniture?.rate(level);
    return {};
  });
  app.post('/lay', (request) => {
    const { card } = z.strictObject({ card: z.enum(CARDS.map(({ key }) => key)) }).parse(request.body);
    demo.reader.liftCard();
    demo.reader.layCard(card);
    laid = card;
    return {};
  });
  app.post('/lift', () => {
    demo.reader.liftCard();
    laid = null;
    return {};
  });
  app.post('/printer', (request) => {
    const { fault } = z.strictObject({ fault: z.enum(FAULTS).nullable() }).parse(request.body);
    demo.printer.setFault(fault);
    printerFault = fault;
    return {};
  });
  app.post('/pay', async (request) => {
    const { payCode } = z.strictObject({ payCode: z.string() }).parse(request.body);
    await fetch(`${demo.gatewayUrl}/citizen/pay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payCode }),
    });
    return {};
  });
  app.post('/come-in', async () => {
    await hall?.comeIn();
    return {};
  });
  app.get('/tickets/:name', (request, reply) => {
    const { name } = z.object({ name: z.string().regex(/^slip-\d+\.svg$/) }).parse(request.params);
    return reply.type('image/svg+xml').send(createReadStream(path.join(hall?.ticketsDir ?? '', name)));
  });
  app.post('/centre', async (request) => {
    const { up } = z.strictObject({ up: z.boolean() }).parse(request.body);
    await demo.setCentre(up);
    return {};
  });

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

/** What can be seen and heard at the window; null where only reader and ticket printer stand. */
function describeWindow({ furniture }: Demo) {
  if (!furniture) return null;
  const sheets = readdirSync(furniture.sheetsDir).filter((name) => name.endsWith('.png'));
  return { shown: furniture.shown(), said: furniture.said().slice(0, 3), sheets: sheets.sort() };
}

function describeHall({ kioskUrl, screenUrl, ticketsDir, visitors }: DemoHall) {
  const tickets = readdirSync(ticketsDir).filter((name) => name.endsWith('.svg'));
  return { kioskUrl, screenUrl, visitors: visitors(), tickets: tickets.sort() };
}

/** Codes on the citizen's side that nobody has paid yet. */
async function readBills({ gatewayUrl }: Demo): Promise<unknown> {
  return (await fetch(`${gatewayUrl}/citizen/orders`)).json();
}
