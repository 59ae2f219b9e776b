import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import { paymentRequest, reconcileRequest } from '../../contract/payment.ts';
import type { PaymentDesk } from '../payment/desk.ts';
import { BadNoticeError } from '../payment/gateway.ts';
import { NOTIFY_PATH } from '../payment/httpGateway.ts';
import { parseRequest, Refusal } from './refusal.ts';

/** A notice is some 300 bytes. */
const NOTICE_MAX_BYTES = 16 * 1024;

export interface PaymentRouteContext {
  desk: PaymentDesk;
  /** Authenticates the terminal before a byte of the body is read. */
  onRequest: preHandlerAsyncHookHandler;
  hallOf: (request: FastifyRequest) => string;
}

/** Commands about money from the terminals, and what the payment channel has to say. */
export function addPaymentRoutes(app: FastifyInstance, { desk, onRequest, hallOf }: PaymentRouteContext): void {
  app.post('/office/v1/payment', { onRequest }, async (request, reply) => {
    const answered = await desk.command(hallOf(request), parseRequest(paymentRequest, request.body));
    return answered.ok ? answered.answer : reply.code(statusOf(answered.code)).send(refusalOf(answered.code));
  });

  app.post('/office/v1/reconcile', { onRequest }, async (request, reply) => {
    const answered = await desk.reconcile(hallOf(request), parseRequest(reconcileRequest, request.body));
    return answered.ok ? answered.answer : reply.code(statusOf(answered.code)).send(refusalOf(answered.code));
  });

  // In a room of its own: the signature is over the bytes as they came.
  app.register(async (room) => {
    room.removeAllContentTypeParsers();
    const raw = { parseAs: 'string', bodyLimit: NOTICE_MAX_BYTES } as const;
    room.addContentTypeParser('application/json', raw, async (_request: FastifyRequest, body: string | Buffer) => body);
    room.post(NOTIFY_PATH, async (request, reply) => {
      try {
        const settled = await desk.notice(request.headers, String(request.body));
        // The channel goes on saying it until it hears 2xx; what is not ours may become ours from a restored copy.
        return settled === 'unknown' ? reply.code(404).send({ ok: false }) : { ok: true };
      } catch (error) {
        if (!(error instanceof BadNoticeError)) throw error;
        request.log.warn({ reason: error.message }, 'notice refused');
        throw new Refusal('unauthorised');
      }
    });
  });
}

function statusOf(code: string): number {
  return code === 'forbidden' ? 403 : 409;
}

function refusalOf(given: string): { code: string; message: string } {
  const code = isErrorCode(given) ? given : 'internal';
  return { code, message: ERRORS[code] };
}
