import type { SyncLine } from '../../contract/rpc.ts';
import { t } from '../strings/index.ts';

/** How the line stands: a hub that answers while the centre does not is neither connected nor cut. */
export function linkWords({ link, heldOps }: SyncLine): string {
  return link === 'connected' && heldOps > 0 ? t.link.hallOnly : t.link[link];
}
