import type { ratingMethods } from '../../contract/rpc/rating.ts';
import { citizenView } from '../../domain/queue/citizenView.ts';
import type { Handlers } from '../context.ts';
import { requireQueue } from '../queue/windowCommands.ts';

/** The page in front of the citizen at a window. */
export const ratingHandlers: Handlers<keyof typeof ratingMethods> = {
  'citizen.state': ({ context }) => {
    const seen = citizenView(context.hall.view(), context.config.terminal.id);
    const open = context.queue?.ratings.open ?? null;
    // Who stands there now must not answer for who was there before.
    if (open === null || seen.current?.isHere) return { ...seen, rating: null };
    // A phone that reads the code while the hub is away would wait in vain.
    const isConnected = context.sync()?.state.link === 'connected';
    return { ...seen, rating: { ...open, link: isConnected ? open.link : null } };
  },
  'rating.submit': ({ context, params: { id, way, grade } }) => {
    requireQueue(context).ratings.give(id, way, grade);
    return {};
  },
};
