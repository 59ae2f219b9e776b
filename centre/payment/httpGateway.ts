import type { z } from 'zod';
import { channelOrder, createdOrder, notice, statement } from './channelSchemas.ts';
import { BadNoticeError, GatewayAwayError, type PaymentGateway } from './gateway.ts';
import { isGenuine, signed } from './signature.ts';

/** A clerk waits for the code: longer than this and the page says so, and the centre goes on asking by itself. */
const ANSWER_DEADLINE_MS = 8000;

/** Where the centre hears from the channel. */
export const NOTIFY_PATH = '/pay/v1/notify';

export interface HttpGatewayOptions {
  url: string;
  /** Shared with the channel; signs both directions. */
  key: string;
  /** Address under which the channel reaches this centre. */
  notifyBase: () => string;
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  answerDeadlineMs?: number | undefined;
}

/** A payment channel over HTTP with signed JSON. Errors name the path at most: never what was sent. */
export function createHttpGateway(options: HttpGatewayOptions): PaymentGateway {
  const { url, key, notifyBase, now, answerDeadlineMs = ANSWER_DEADLINE_MS } = options;
  const root = url.replace(/\/+$/, '');

  async function ask<S extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    schema: S,
    content?: unknown,
  ): Promise<z.output<S>> {
    const body = content === undefined ? '' : JSON.stringify(content);
    const headers = { 'content-type': 'application/json', ...signed(key, path, body, now()) };
    let answer: unknown;
    try {
      const response = await fetch(root + path, {
        method,
        headers,
        ...(method === 'POST' && { body }),
        signal: AbortSignal.timeout(answerDeadlineMs),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      answer = await response.json();
    } catch (cause) {
      throw new GatewayAwayError(path.split('/')[2] ?? path, { cause });
    }
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new GatewayAwayError('answer of another form');
    return parsed.data;
  }

  return {
    create: (order) => ask('POST', '/v1/orders', createdOrder, { ...order, notifyUrl: notifyBase() + NOTIFY_PATH }),
    query: (payment) => ask('GET', `/v1/orders/${payment}`, channelOrder),
    close: (payment) => ask('POST', `/v1/orders/${payment}/close`, channelOrder, {}),
    refund: (payment, amountFen, reason) =>
      ask('POST', `/v1/orders/${payment}/refund`, channelOrder, { amountFen, reason }),
    statement: async (day) => (await ask('GET', `/v1/statement?day=${day}`, statement)).entries,
    readNotice(headers, body) {
      if (!isGenuine(key, NOTIFY_PATH, body, headers, now())) throw new BadNoticeError('signature');
      const parsed = notice.safeParse(parseJson(body));
      if (!parsed.success) throw new BadNoticeError('form');
      return parsed.data;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
