import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that we read. */
interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

/**
 * Counts of a vitest run. A file that could not be loaded has no tests and counts as one failure; so does a run that
 * failed without a failed test (an unhandled error), and one that left no report.
 * @param exitedWell the process ended with 0
 */
export function countTests(reportFile: string, exitedWell: boolean): Counts & { skippedNames: string[] } {
  const report = readReport(reportFile);
  if (!report) return { passed: 0, failed: 1, skipped: 0, skippedNames: [] };
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  const skippedNames = report.testResults.flatMap((file) =>
    file.assertionResults.filter((test) => isSkipped(test.status)).map((test) => test.fullName),
  );
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !(exitedWell && report.success) ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    skippedNames,
  };
}

function isSkipped(status: string): boolean {
  return status === 'skipped' || status === 'pending' || status === 'todo' || status === 'disabled';
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}
