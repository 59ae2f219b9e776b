import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tools/test/longestFirst.ts';

// Hundreds of the processes that tests start are of the same few programs: what Node has compiled of them is kept.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, '.cache', 'compile');

/** Longer than a slow machine takes: what never comes fails all the same. */
const WAITS = { expect: { poll: { timeout: 45_000 } }, setupFiles: ['tests/fixtures/patientWaits.ts'] };

/** Of machines that are started many times; most tests name their own. What does not come is told by the wait for it. */
const FAULT_LIMITS = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    // Half the time of most tests is waiting, for processes, lines and disks: one worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{domain,contract,link,blob,disk,signing,db,native,sync,service,centre,tools,electron,renderer}/**/*.test.ts',
            'tests/{integration,bench}/**/*.test.ts',
          ],
          environment: 'node',
          ...WAITS,
          // Longer than any wait inside a test: a slow machine is no failure, and what never comes is told by the wait itself.
          testTimeout: 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          // What is asked of the centre, asked of it on PostgreSQL as well (tests/fixtures/centreDatabase.ts).
          name: 'postgres',
          include: [
            'centre/{ingest,ingest.property,badBody,live,scans,publish,staff,twoStores}.test.ts',
            'centre/{http,office,queue,relay,hub,verify}/*.test.ts',
            'tests/integration/{devicesCommand,payment}.test.ts',
            'tests/postgres/**/*.test.ts',
          ],
          environment: 'node',
          ...WAITS,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: 'tests/fixtures/postgresSetup.ts',
        },
      },
      {
        test: {
          // Whole machines that are killed, cut off and filled up, and the simulation: each keeps every core busy.
          name: 'faults',
          include: ['tests/{faults,simulation}/**/*.test.ts'],
          environment: 'node',
          ...WAITS,
          ...FAULT_LIMITS,
          // What the simulation runs side by side are processes that keep a core busy.
          maxConcurrency: availableParallelism(),
          provide: { centreOnServer: false },
        },
      },
      {
        test: {
          // Of these what concerns the centre, with its ops on PostgreSQL (tests/faults/centreServer.ts).
          name: 'faults-postgres',
          include: ['tests/faults/{killRounds,networkFaults,silentPartition,fiveDays,fullDisk,centrePutBack}.test.ts'],
          environment: 'node',
          ...WAITS,
          ...FAULT_LIMITS,
          provide: { centreOnServer: true },
        },
      },
      {
        test: {
          // Each file has its own display, ports, folders and printers.
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          ...WAITS,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
