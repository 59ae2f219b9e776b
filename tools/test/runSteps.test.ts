import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from './process.ts';
import { runSteps, summarise } from './runSteps.ts';
import type { Step } from './steps.ts';
import { countTests } from './vitestReport.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'test command '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const node = (source: string) => ({ command: process.execPath, args: ['-e', source] });
const step = (name: string, source: string, more: Partial<Step> = {}): Step => ({
  name,
  title: name,
  commands: () => [node(source)],
  limitMs: 30_000,
  ...more,
});

async function run(steps: Step[], options: { only?: string[]; ci?: boolean } = {}) {
  const printed: string[] = [];
  const selected = new Set(options.only ?? steps.map((each) => each.name));
  const print = (line: string) => printed.push(line);
  const results = await runSteps(steps, { selected, ci: options.ci ?? false, print, cwd: folder });
  return { results, printed, last: summarise(results).at(-1) };
}

describe('a run of steps', () => {
  test('goes on after a failure and ends with the line other programs read', async () => {
    const { last, results } = await run([step('a', 'process.exit(1)'), step('b', ''), step('c', '')], {
      only: ['a', 'b'],
    });
    expect(results.map((result) => result.note)).toEqual(['exit code 1', '', 'not selected']);
    expect(last).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('a killed step has failed', async () => {
    const { last, results } = await run([step('a', 'process.kill(process.pid, "SIGKILL")')]);
    expect(results[0]?.note).toBe('ended by SIGKILL');
    expect(last).toBe('0 passed, 1 failed, 0 skipped');
  });

  test('a step whose command does not exist has failed', async () => {
    const { last } = await run([step('a', '', { commands: () => [{ command: 'no-such-command', args: [] }] })]);
    expect(last).toBe('0 passed, 1 failed, 0 skipped');
  });

  test('a step that needs a failed one fails without being run', async () => {
    const proof = path.join(folder, 'ran');
    const touch = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`;
    const { last } = await run([step('build', 'process.exit(2)'), step('e2e', touch, { needs: ['build'] })]);
    expect(last).toBe('0 passed, 2 failed, 0 skipped');
    expect(existsSync(proof)).toBe(false);
  });

  test('what cannot run here is skipped with words, and fails in CI', async () => {
    const steps = [step('e2e', '', { obstacle: () => 'there is no display' })];
    const here = await run(steps);
    expect(here.last).toBe('0 passed, 0 failed, 1 skipped');
    expect(here.printed.join('\n')).toContain('there is no display');
    expect((await run(steps, { ci: true })).last).toBe('0 passed, 1 failed, 0 skipped');
  });

  test('a vitest step counts its tests, and one that leaves no report has failed', async () => {
    const report = path.join(folder, 'deep', 'unit.json');
    const content = reportOf([['passed', 'skipped']], { numPassedTests: 1, numPendingTests: 1 });
    const write = `require('node:fs').writeFileSync(${JSON.stringify(report)}, ${JSON.stringify(content)})`;
    const { last, printed } = await run([step('unit', write, { report }), step('e2e', '', { report })]);
    expect(last).toBe('1 passed, 1 failed, 1 skipped');
    expect(printed).toContain('skipped: test 1');
  });
});

describe('a command', () => {
  const options = { cwd: os.tmpdir(), limitMs: 30_000 };

  test('leaves no process behind, not even one that left its group', {
    skip: process.platform !== 'linux',
  }, async () => {
    const pidFile = path.join(folder, 'pid');
    const command = node(`
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
        { detached: true, stdio: 'ignore' });
      child.once('spawn', () => {
        require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
        process.exit(0);
      });`);
    let leftovers = 0;
    expect(
      await runCommand(command, {
        ...options,
        onLeftovers: (count) => {
          leftovers = count;
        },
      }),
    ).toEqual({ ok: true });
    expect(leftovers).toBe(1);
    await expect.poll(() => isRunning(Number(readFileSync(pidFile, 'utf8'))), { timeout: 45_000 }).toBe(false);
  });

  test('is ended at its limit', async () => {
    const outcome = await runCommand(node('setInterval(() => {}, 1000)'), { ...options, limitMs: 300 });
    expect(outcome).toEqual({ ok: false, reason: 'did not end within 0 s' });
  });
});

describe('counts of a vitest report', () => {
  const count = (text: string, exitedWell: boolean) => {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, text);
    return countTests(file, exitedWell);
  };

  test('a file that could not be loaded is a failure', () => {
    const text = reportOf([['passed'], []], { success: false, numPassedTests: 1 }, ['passed', 'failed']);
    expect(count(text, false)).toMatchObject({ passed: 1, failed: 1 });
  });

  test('an unhandled error is a failure although every test passed', () => {
    expect(count(reportOf([['passed']], { numPassedTests: 1 }), false)).toMatchObject({ passed: 1, failed: 1 });
    expect(count(reportOf([['passed']], { numPassedTests: 1 }), true)).toMatchObject({ passed: 1, failed: 0 });
  });

  test('names what failed, with the beginning of what was said', () => {
    const report = JSON.parse(reportOf([['passed', 'failed'], []], { success: false }, ['failed', 'failed']));
    report.testResults[0].assertionResults[1].failureMessages = ['Error: one\n\n  at two\n3\n4\n5\n6\n7'];
    report.testResults[1].message = 'cannot be parsed';
    const { failures } = count(JSON.stringify(report), false);
    expect(failures).toEqual([
      { file: '0.test.ts', name: 'test 1', said: ['Error: one', '  at two', '3', '4', '5', '6'] },
      { file: '1.test.ts', name: '', said: ['cannot be parsed'] },
    ]);
    const result = { step: step('unit', ''), ms: 1, passed: 1, failed: 2, skipped: 0, note: '', failures };
    const lines = summarise([result]);
    expect(lines[0]).toMatch(/✗ unit: .*0\.test\.ts > test 1/);
    expect(lines).toContain('    Error: one');
    expect(lines.find((line) => line.includes('1.test.ts'))).toMatch('could not be loaded');
    expect(lines.at(-1)).toBe('1 passed, 2 failed, 0 skipped');
  });

  test('a half-written report is a failure', () => {
    expect(count('{"success":tr', true)).toMatchObject({ passed: 0, failed: 1 });
  });
});

function reportOf(tests: string[][], totals: Record<string, number | boolean>, files: string[] = []): string {
  return JSON.stringify({
    success: true,
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    ...totals,
    testResults: tests.map((statuses, index) => ({
      name: `${index}.test.ts`,
      status: files[index] ?? 'passed',
      assertionResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })),
    })),
  });
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
