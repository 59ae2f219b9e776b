import { parentPort, workerData } from 'node:worker_threads';
import { type DatabaseRequest, examineDatabase } from './database.ts';

/** A thread of its own: a large database is checked for seconds, and no clerk waits for it. */
parentPort?.postMessage(examineDatabase(workerData as DatabaseRequest));
