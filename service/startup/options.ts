import type { ServicePush, ServiceStart } from '../../contract/serviceProtocol.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';

export interface ServiceOptions {
  start: ServiceStart;
  now: () => number;
  /** Milliseconds of a clock that nobody sets; that of the process by default. */
  monotonic?: (() => number) | undefined;
  newId: () => string;
  log: Log;
  push: (push: ServicePush) => void;
  /** The built pages, where this machine serves them; absent: none. */
  pagesDir?: string | undefined;
  /** The data are damaged: the process is to end, and a new one finds out how much. */
  onDamaged?: (() => void) | undefined;
  /** Asked when the start says that the parent prints papers. */
  printPaper?: ServiceContext['officePrinter'];
}
