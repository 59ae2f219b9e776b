import type { Logger } from 'pino';
import type { Connect } from '../../link/line.ts';
import type { SigningKey } from '../../signing/key.ts';
import type { Published } from '../ingest.ts';
import type { CentreStore } from '../store/types.ts';

/** Of the side of a hub that speaks with the centre. */
export interface RelayOptions {
  store: CentreStore;
  url: string;
  connect: Connect;
  hall: string;
  /** The name of this hub among the devices of the hall, such as `H01`. */
  name: string;
  /** Spent at the first contact. */
  code?: string | undefined;
  now: () => number;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  publish: (scopes: readonly Published[]) => void;
  /** By which this hub signs what it asks, and what it promises. */
  ownKey: SigningKey;
  /** The list of devices may name some that are out of service now. */
  onDevices: () => void;
  /** Ops of the centre's scopes are here. */
  onMirrored: () => void;
  /** All that waited here has been sent, and all that is new there is here. */
  onExchanged: () => void;
  logger: Logger;
}
