import type { HealthDetail } from '../contract/health.ts';
import type { Store } from '../db/store.ts';
import type { Connect } from '../link/line.ts';

export interface SyncClientOptions {
  store: Store;
  url: string;
  /** Other hubs of the hall: one of them may have taken over. */
  standby?: readonly string[] | undefined;
  /** How they are reached; default: over HTTP. */
  connect?: Connect | undefined;
  terminal: string;
  hall: string;
  enrolmentCode?: string | undefined;
  now: () => number;
  /** Milliseconds of a clock that nobody sets; by it the hub is heard or silent. */
  monotonic?: (() => number) | undefined;
  /** The sync line may have changed. */
  onChange: () => void;
  /** Streams that arrived from elsewhere, or of which the centre has more than before. */
  onStreams: (streams: string[]) => void;
  /** A catalogue or a calendar arrived. */
  onPublished: () => void;
  /** Alarms of `contract/health.ts`; null: it is over. */
  onAlarm?:
    | ((code: 'receipt-contradicted' | 'device-revoked' | 'data-copied', detail: HealthDetail | null) => void)
    | undefined;
  /** What was taken of a scope is not what the hub or centre has, and is read anew; null: it is the same again. */
  onScopeDiffers?: ((scope: string | null) => void) | undefined;
  log: (event: string, fields?: Record<string, unknown>) => void;
}
