import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Assertion {
  status: string;
  fullName: string;
  failureMessages?: string[];
}

/** One failed test in words: where, which, and the beginning of what was said. */
export interface Failure {
  file: string;
  name: string;
  said: string[];
}

/** The part of vitest's JSON report that we read. */
interface Report {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message?: string; assertionResults: Assertion[] }[];
}

interface Named {
  skippedNames: string[];
  failures: Failure[];
}

/** Of an error: its sentence and where it was thrown. */
const SAID_LINES = 6;

/**
 * Counts of a vitest run. A file that could not be loaded has no tests and counts as one failure; so does a run that
 * failed without a failed test (an unhandled error), and one that left no report.
 * @param exitedWell the process ended with 0
 */
export function countTests(reportFile: string, exitedWell: boolean): Counts & Named {
  const report = readReport(reportFile);
  if (!report) return { passed: 0, failed: 1, skipped: 0, skippedNames: [], failures: [] };
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
    failures: report.testResults.flatMap(failuresOf),
  };
}

function failuresOf({ name: file, status, message, assertionResults }: Report['testResults'][number]): Failure[] {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [{ file, name: '', said: beginningOf(message) }];
  return failed.map(({ fullName, failureMessages }) => ({
    file,
    name: fullName,
    said: beginningOf(failureMessages?.join('\n')),
  }));
}

function beginningOf(text = ''): string[] {
  return text.split('\n').filter(Boolean).slice(0, SAID_LINES);
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
