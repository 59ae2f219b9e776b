import type { TlsMaterial } from '../link/secureFetch.ts';
import type { TrafficGate } from '../link/trafficGate.ts';

/** The line that scanned pages share with everything else. */
export interface ImageLine {
  /** Of the hub that decides, or the centre. */
  url(): string;
  /** Of this terminal; null before it is enrolled. */
  token(): string | null;
  /** The last exchange of records succeeded. */
  isConnected(): boolean;
  /** Of what else goes over it; null: nothing does. */
  gate(): TrafficGate | null;
  /** Where the hub speaks TLS by an authority of its own. */
  tls?: TlsMaterial | undefined;
}
