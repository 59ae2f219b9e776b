import type { screenMethods } from '../../contract/rpc/screen.ts';
import type { Handlers } from '../context.ts';

export const screenHandlers: Handlers<keyof typeof screenMethods> = {
  'screen.state': ({ context, params }) => context.screens.state(params.floor),
};
