import { APP_HOST, APP_SCHEME } from '../../contract/bridge.ts';
import type { TerminalRole } from '../../contract/roles.ts';

/** What Electron asks; the parts of its two permission handlers that matter here. */
export interface PermissionQuestion {
  permission: string;
  /** Of the page that asks: an address or an origin. */
  origin: string;
  isMainFrame: boolean;
  /** `video`, `audio`; empty for the screen and for what else is no camera. */
  media: readonly string[];
}

/** Those who scan papers with a document camera. */
const ROLES: ReadonlySet<TerminalRole> = new Set(['window', 'prereview']);

/**
 * The one permission that a page may have: the picture of a camera, without sound, for our own top page in a role that
 * scans. A screen to be captured comes as the same permission with no kind of media, and is refused with the rest.
 * @param role of the window that asks; null for contents that are no window of ours
 */
export function mayUseCamera(
  { permission, origin, isMainFrame, media }: PermissionQuestion,
  role: TerminalRole | null,
) {
  const isCamera = permission === 'media' && media.length === 1 && media[0] === 'video';
  return isCamera && isMainFrame && isOurs(origin) && role !== null && ROLES.has(role);
}

function isOurs(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST;
}
