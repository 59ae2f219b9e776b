import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, in that order: begun last, one of them would be waited for alone. A checkout that has not run
 * its tests yet would otherwise go by the size of the files.
 */
export const LONGEST: readonly string[] = [
  'tests/simulation/simulation.test.ts',
  'tests/faults/killRounds.test.ts',
  'tests/faults/powerCut.test.ts',
  'tests/integration/rehearse.test.ts',
  'tests/faults/centrePutBack.test.ts',
  'tests/e2e/lanes.test.ts',
  'tests/integration/printCrash.test.ts',
  'tests/e2e/wholeLife.test.ts',
  'tests/e2e/life.test.ts',
  'native/bus/bus.test.ts',
  'tests/faults/fullDisk.test.ts',
  'tests/e2e/roles.test.ts',
  'tests/faults/fiveDays.test.ts',
  'tests/integration/relay.test.ts',
  'tests/integration/standby.test.ts',
  'tests/integration/preReview.test.ts',
  'tests/e2e/queueWindow.test.ts',
  'tests/e2e/wholePath.test.ts',
  'tests/e2e/screen.test.ts',
  'tests/e2e/faults.test.ts',
  'tests/integration/certificate.test.ts',
  'native/kind/certificatePrinter.test.ts',
  'tests/integration/hubQueue.test.ts',
  'tests/integration/payment.test.ts',
  'centre/queue/rush.test.ts',
  'native/supervisor/replug.test.ts',
  'tests/postgres/processes.test.ts',
  'tests/integration/hangingPort.test.ts',
];

/** vitest's own order, but for the longest files, which come first in their project. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = Map.groupBy(sorted, ({ project }) => project);
    return [...projects.values()].flatMap((own) => own.toSorted((a, b) => rankOf(a) - rankOf(b)));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}`));
  return rank === -1 ? LONGEST.length : rank;
}
