import { YichuangError } from '../../contract/errors.ts';
import type { ratingMethods } from '../../contract/rpc/rating.ts';
import type { Handlers } from '../context.ts';

export const ratingHandlers: Handlers<keyof typeof ratingMethods> = {
  'rating.state': () => ({ asked: null }),
  'rating.submit': () => {
    throw new YichuangError('rating-over');
  },
};
