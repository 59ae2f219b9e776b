import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import {
  type BookAnswer,
  type BookRefusal,
  bookRequest,
  type CancelAnswer,
  cancelRequest,
} from '../../contract/appointments.ts';
import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import { type PresenceAnswer, presenceRequest, type QueueAnswer, queueRequest } from '../../contract/queue.ts';
import type { PresenceList } from '../../contract/queuePresence.ts';
import { type RatingLinkAnswer, ratingLinkRequest } from '../../contract/rating.ts';
import { equalHashes, secretHash } from '../digest.ts';
import type { Published } from '../ingest.ts';
import { bookAppointments, cancelAppointment } from '../queue/appointments.ts';
import type { QueueDesk } from '../queue/desk.ts';
import type { RatingDoor } from '../rating/door.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

export interface QueueRouteContext {
  store: CentreStore;
  queue: QueueDesk;
  rating: () => Pick<RatingDoor, 'invite'> | null;
  /** Terminals with a live line. */
  listening: (hall: string) => string[];
  publish: (scopes: readonly Published[]) => void;
  /** Authenticates the terminal before a byte of the body is read. */
  onRequest: preHandlerAsyncHookHandler;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  now: () => number;
}

/** The queue desk for the terminals of the hall, and appointments from a booking system. */
export function addQueueRoutes(app: FastifyInstance, context: QueueRouteContext): void {
  const { store, queue, rating, listening, publish, onRequest, deviceOf, now } = context;
  const centreTime = () => new Date(now()).toISOString();

  app.post('/office/v1/queue', { onRequest }, async (request, reply) => {
    const verdict = await queue.command(deviceOf(request), parseRequest(queueRequest, request.body));
    if (verdict.kind === 'refused') return refuse(reply, verdict.code);
    const { ticket, changed } = verdict;
    return { ticket, changed, centreTime: centreTime() } satisfies QueueAnswer;
  });

  app.post('/office/v1/queue/presence', { onRequest }, async (request): Promise<PresenceAnswer> => {
    const { hall, terminal } = deviceOf(request);
    queue.hear(hall, terminal, parseRequest(presenceRequest, request.body).unsent);
    return { centreTime: centreTime() };
  });

  app.get('/office/v1/queue/presence', { onRequest }, async (request): Promise<PresenceList> => {
    const { hall } = deviceOf(request);
    return { windows: await queue.listWindows(hall), listening: listening(hall), centreTime: centreTime() };
  });

  app.post('/office/v1/queue/rating-link', { onRequest }, async (request): Promise<RatingLinkAnswer> => {
    const asked = parseRequest(ratingLinkRequest, request.body);
    return { url: rating()?.invite(deviceOf(request), asked) ?? null, centreTime: centreTime() };
  });

  const halls = new WeakMap<FastifyRequest, string>();
  const onBookingRequest = async (request: FastifyRequest) => {
    halls.set(request, await hallOfKey(store, request));
  };
  const hallOf = (request: FastifyRequest): string => {
    const hall = halls.get(request);
    if (hall === undefined) throw new Refusal('unauthorised');
    return hall;
  };

  app.post('/office/v1/appointments', { onRequest: onBookingRequest }, async (request, reply) => {
    const { appointments, each } = parseRequest(bookRequest, request.body);
    const rows = appointments.map((value, index) => ({ line: index + 1, value }));
    const verdict = await bookAppointments(store, hallOf(request), rows, { actor: 'booking', each }, now());
    if (verdict.kind === 'elsewhere') return refuse(reply, verdict.code);
    if (verdict.kind === 'refused') {
      const code = 'appointments-refused';
      reply.code(409);
      return { code, message: ERRORS[code], rows: verdict.rows } satisfies BookRefusal;
    }
    publish(verdict.published);
    const { booked, known, wrong } = verdict;
    return { booked, known, ...(each && { rows: wrong }), centreTime: centreTime() } satisfies BookAnswer;
  });

  app.post('/office/v1/appointments/cancel', { onRequest: onBookingRequest }, async (request, reply) => {
    const verdict = await cancelAppointment(store, hallOf(request), parseRequest(cancelRequest, request.body), now());
    if (verdict.kind === 'refused') return refuse(reply, verdict.code);
    publish(verdict.published);
    return { centreTime: centreTime() } satisfies CancelAnswer;
  });
}

/** @throws Refusal `unauthorised` for no, an unknown or a replaced key, without saying which */
async function hallOfKey(store: CentreStore, request: FastifyRequest): Promise<string> {
  const key = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined) throw new Refusal('unauthorised');
  const hash = secretHash(key);
  const found = await store.findBookingKey(hash);
  if (!found || !equalHashes(found.keyHash, hash)) throw new Refusal('unauthorised');
  return found.hall;
}

function refuse(reply: FastifyReply, given: string): { code: string; message: string } {
  const code = isErrorCode(given) ? given : 'internal';
  reply.code(code === 'forbidden' ? 403 : 409);
  return { code, message: ERRORS[code] };
}
