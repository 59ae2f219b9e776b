import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newOrder, refundOrder } from '../channelSchemas.ts';
import { isGenuine } from '../signature.ts';
import { GATEWAY_FAULTS, type GatewayFault } from './faults.ts';
import { Notifier } from './notifier.ts';
import { OrderBook, type SimulatedOrder } from './orders.ts';

/** How long a slow channel takes, ms. */
const SLOW_MS = 1500;

export interface SimulatedGatewayOptions {
  key: string;
  /** 0 picks a free one. */
  port?: number | undefined;
  faults?: readonly GatewayFault[] | undefined;
  slowMs?: number | undefined;
  now?: (() => number) | undefined;
  onExchange?: ((line: object) => void) | undefined;
}

export interface SimulatedGateway {
  url: string;
  close(): Promise<void>;
}

/**
 * A payment channel with its merchants' side (`/v1`, signed), the citizen's side (`/citizen`: a phone that scans a
 * code) and fault switches (`/control`). Loopback only; for demonstrations and tests.
 */
export async function startSimulatedGateway(options: SimulatedGatewayOptions): Promise<SimulatedGateway> {
  const { key, port = 0, slowMs = SLOW_MS, now = Date.now, onExchange = () => {} } = options;
  const faults = new Set<GatewayFault>(options.faults);
  const has = (fault: GatewayFault) => faults.has(fault);
  const book = new OrderBook(now);
  const notifier = new Notifier({ key, has, now, onExchange });
  const app = fastify();
  takeTextBodies(app);

  app.addHook('onRequest', async (request) => {
    if (has('slow') && request.url.startsWith('/v1/')) await new Promise((resolve) => setTimeout(resolve, slowMs));
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith('/v1/')) return;
    if (has('away')) return reply.code(503).send({});
    const body = String(request.body ?? '');
    if (!isGenuine(key, request.url, body, request.headers, now())) return reply.code(401).send({});
    onExchange({ request: `${request.method} ${request.routeOptions.url}` });
  });

  /** Money moves from a citizen's account. */
  const payBy = (found: SimulatedOrder): Promise<void> => {
    const amountFen = has('wrong-amount') ? 1 : found.order.amountFen;
    return book.pay(found, amountFen) ? notifier.tell('paid', found) : Promise.resolve();
  };

  app.post('/v1/orders', async (request, reply) => {
    const found = book.open(newOrder.parse(parse(request)));
    if (has('confirm-first')) await payBy(found);
    if (has('no-answer')) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    return { payCode: found.payCode };
  });
  app.get('/v1/orders/:payment', (request) => book.describe(book.find(paymentOf(request))));
  app.post('/v1/orders/:payment/close', (request) => {
    const found = book.find(paymentOf(request));
    if (found && !found.paid) found.isClosed = true;
    return found ? book.describe(found) : { state: 'closed', paid: null, refunded: null };
  });
  app.post('/v1/orders/:payment/refund', async (request) => {
    const { amountFen } = refundOrder.parse(parse(request));
    const found = book.find(paymentOf(request));
    if (found && book.refund(found, amountFen)) {
      const told = notifier.tell('refunded', found);
      // Told before the answer, so that what comes out of order really does.
      if (has('refund-first')) await told;
    }
    return book.describe(found);
  });
  app.get('/v1/statement', (request) => {
    const { day } = z.object({ day: z.iso.date() }).parse(request.query);
    const entries = book.statement(day);
    if (has('statement-missing')) entries.shift();
    if (has('statement-extra')) entries.push(strangeEntry(day));
    return { entries };
  });

  app.get('/citizen/orders', () =>
    book
      .waiting()
      .map(({ payCode, order: { subject, amountFen, method } }) => ({ payCode, subject, amountFen, method })),
  );
  app.post('/citizen/pay', async (request, reply) => {
    const { payCode } = z.strictObject({ payCode: z.string() }).parse(parse(request));
    const found = book.findByCode(payCode);
    if (!found) return reply.code(404).send({});
    // A phone does not wait for the merchant to hear of it.
    void payBy(found);
    return book.describe(found);
  });
  app.post('/control/faults', (request) => {
    const wanted = z.strictObject({ faults: z.array(z.enum(GATEWAY_FAULTS)) }).parse(parse(request));
    faults.clear();
    for (const fault of wanted.faults) faults.add(fault);
    return {};
  });

  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    async close() {
      notifier.stop();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** Signatures are over the text. */
function takeTextBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: unknown) => body,
  );
}

function parse(request: FastifyRequest): unknown {
  return JSON.parse(String(request.body || '{}'));
}

function paymentOf(request: FastifyRequest): string {
  return z.object({ payment: z.uuid() }).parse(request.params).payment;
}

function strangeEntry(day: string) {
  const payment = '0198a000-0000-7000-8000-00000000dead';
  return { payment, entry: 'paid' as const, amountFen: 8000, at: `${day}T02:00:00.000Z` };
}
