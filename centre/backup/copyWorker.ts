import { parentPort, workerData } from 'node:worker_threads';
import { type CentreCopyRequest, copyCentre } from './copy.ts';

/** The thread of `disk/inThread.ts` for a centre. */
parentPort?.postMessage(copyCentre(workerData as CentreCopyRequest));
