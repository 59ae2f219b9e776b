import type { DisplayWords } from '../../domain/announcement/display.ts';
import type { Driver } from './types.ts';

/** What hangs over a window, whatever its protocol. */
export interface Display extends Driver {
  /**
   * Resolves when the display took it; what it cannot show (text on digits) it leaves out.
   * @throws YichuangError `display-busy`, `display-refused`, `device-offline`
   */
  show(words: DisplayWords): Promise<void>;
}
