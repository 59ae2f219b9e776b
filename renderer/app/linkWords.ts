import type { SyncLine } from '../../contract/rpc.ts';
import { t } from '../strings/index.ts';

/** How the line stands: a hub that answers while the centre does not is neither connected nor cut. */
export function linkWords({ link, heldAt }: SyncLine): string {
  return link === 'connected' && heldAt === 'hall' ? t.link.hallOnly : t.link[link];
}

/** What is said of records that are held: where they are, or that the centre is about to say what becomes of them. */
export function heldWords({ heldAt }: SyncLine): string {
  return heldAt === 'centre' ? t.sync.atCentreSoon : t.sync.hall;
}
