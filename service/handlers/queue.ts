import { YichuangError } from '../../contract/errors.ts';
import type { queueMethods } from '../../contract/rpc/queue.ts';
import type { Handlers } from '../context.ts';

const notYet = () => {
  throw new YichuangError('offline');
};

export const queueHandlers: Handlers<keyof typeof queueMethods> = {
  'queue.state': notYet,
  'queue.callNext': notYet,
  'queue.recall': notYet,
  'queue.arrive': notYet,
  'queue.noShow': notYet,
  'queue.hold': notYet,
  'queue.callBack': notYet,
  'queue.transfer': notYet,
  'queue.finish': notYet,
  'queue.sendBack': notYet,
  'queue.void': notYet,
  'queue.dropPickup': notYet,
  'queue.pause': notYet,
  'queue.catchUp': notYet,
};
