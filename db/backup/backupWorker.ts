import { parentPort, workerData } from 'node:worker_threads';
import { type CopyRequest, copyDatabase } from './copyDatabase.ts';

/** The thread of `disk/inThread.ts` for a terminal. */
parentPort?.postMessage(copyDatabase(workerData as CopyRequest));
