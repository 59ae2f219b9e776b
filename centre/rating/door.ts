import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { RatingLinkRequest } from '../../contract/rating.ts';
import { GRADES, RATING_LINK_MINUTES } from '../../domain/rating/types.ts';
import { ASKED, PHONE } from '../../domain/rating/words.ts';
import { namesOf, urlOf } from '../../link/address.ts';
import type { Published } from '../ingest.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { takeAnswer } from './answer.ts';
import { askPage, PAGE_HEADERS, wordsPage } from './page.ts';
import { type Invitation, InvitationSeal } from './seal.ts';

export interface RatingDoorOptions {
  host: string;
  /** 0 picks a free one. */
  port: number;
  /** How phones reach it, where that is not the first address of this machine. */
  url?: string | undefined;
}

export interface RatingDoor {
  /** Without a path. */
  url: string;
  /** Where a phone may rate this service of that window, once and for half an hour. */
  invite(device: Pick<EnrolledDevice, 'hall' | 'terminal'>, request: RatingLinkRequest): string;
  close(): Promise<void>;
}

export interface RatingDoorContext {
  store: CentreStore;
  /** Of the data. */
  keyHex: string;
  publish: (scopes: readonly Published[]) => void;
  now: () => number;
  logger: Pick<Logger, 'error'>;
}

const MOST_CONNECTIONS = 256;
const REQUEST_MS = 10_000;
const LONGEST_TOKEN = 400;
const GRADE_BODY = /^grade=([1-5])$/;

/**
 * The door for phones (domain.md §6.9), a port of its own as for TVs (ADR 0062): a phone of the hall has neither our
 * authority nor a certificate, and this port can do nothing but rate what was sealed for it. Plain HTTP, no cookie, no log.
 * @returns null where none is wanted
 * @throws the error of listening
 */
export async function openRatingDoor(
  options: RatingDoorOptions | undefined,
  context: RatingDoorContext,
): Promise<RatingDoor | null> {
  if (!options) return null;
  const { store, publish, now, logger } = context;
  const seal = new InvitationSeal(context.keyHex);
  const app = Fastify({
    bodyLimit: 64,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: LONGEST_TOKEN },
  });
  app.server.maxConnections = MOST_CONNECTIONS;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.setErrorHandler((_error, _request, reply) => say(reply, 400, wordsPage(PHONE.unknown)));
  app.setNotFoundHandler((_request, reply) => say(reply, 404, wordsPage(PHONE.unknown)));

  const find = (token: string): Invitation | FailedPage => {
    const invitation = seal.open(token);
    if (invitation === null) return { status: 404, words: PHONE.unknown };
    return now() < invitation.until ? invitation : { status: 410, words: PHONE.over };
  };

  app.get<{ Params: { token: string } }>('/r/:token', async ({ params: { token } }, reply) => {
    const found = find(token);
    if ('words' in found) return say(reply, found.status, wordsPage(found.words));
    return say(reply, 200, askPage(found.number, false));
  });

  app.post<{ Params: { token: string }; Body: unknown }>('/r/:token', async ({ params: { token }, body }, reply) => {
    const found = find(token);
    if ('words' in found) return say(reply, found.status, wordsPage(found.words));
    const pressed = GRADE_BODY.exec(typeof body === 'string' ? body : '')?.[1];
    const grade = GRADES.find((each) => String(each) === pressed);
    if (grade === undefined) return say(reply, 400, askPage(found.number, true));
    try {
      const verdict = await takeAnswer(store, found, grade, now());
      if (verdict.kind === 'answered') return say(reply, 409, wordsPage(PHONE.answered));
      if (verdict.kind === 'elsewhere') return say(reply, 503, wordsPage(PHONE.elsewhere));
      publish(verdict.published);
      return say(reply, 200, wordsPage({ title: ASKED.thanks, how: PHONE.thanksHow }));
    } catch (error) {
      // Its name only: nothing that was answered.
      logger.error({ error: (error as Error).name }, 'a rating was not kept');
      return say(reply, 503, askPage(found.number, true));
    }
  });

  const address = await listen(app, options);
  return {
    url: address,
    invite({ hall, terminal }, request) {
      const until = now() + RATING_LINK_MINUTES * 60_000;
      return `${address}/r/${seal.close({ ...request, hall, terminal, until })}`;
    },
    close: () => app.close(),
  };
}

interface FailedPage {
  status: number;
  words: { title: string; how: string };
}

async function listen(app: FastifyInstance, { host, port, url }: RatingDoorOptions): Promise<string> {
  const bound = await app.listen({ host, port });
  if (url !== undefined) return url.replace(/\/+$/, '');
  const [name = host] = namesOf(host, []);
  return urlOf('http', name, Number(new URL(bound).port));
}

function say(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(html);
}
