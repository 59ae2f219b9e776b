import { YichuangError } from '../../contract/errors.ts';
import type { preReviewMethods } from '../../contract/rpc/preReview.ts';
import type { Handlers } from '../context.ts';

const notYet = () => {
  throw new YichuangError('offline');
};

export const preReviewHandlers: Handlers<keyof typeof preReviewMethods> = {
  'prereview.identify': notYet,
  'prereview.start': notYet,
  'prereview.setMaterial': notYet,
  'prereview.finish': notYet,
  'prereview.cancel': notYet,
  'prereview.get': notYet,
  'prereview.help': notYet,
  'prereview.helpCalls': notYet,
  'prereview.answerHelp': notYet,
  'prereview.say': notYet,
  'ticket.take': notYet,
  'ticket.reprint': notYet,
};
