import { parentPort, workerData } from 'node:worker_threads';
import { type CopyRequest, copyDatabase } from './copyDatabase.ts';

/** A thread of its own: copying takes a second for each hundred megabytes, and no clerk waits for it. */
parentPort?.postMessage(copyDatabase(workerData as CopyRequest));
