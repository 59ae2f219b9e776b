import type { ratingMethods } from '../../contract/rpc/rating.ts';
import type { Handlers } from '../context.ts';
import { requireQueue } from '../queue/windowCommands.ts';

/** The rating in front of the window. */
export const ratingHandlers: Handlers<keyof typeof ratingMethods> = {
  'rating.state': ({ context }) => ({ asked: context.queue?.ratings.asked ?? null }),
  'rating.submit': ({ context, params: { id, way, grade } }) => {
    requireQueue(context).ratings.give(id, way, grade);
    return {};
  },
};
