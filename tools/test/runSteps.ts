import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Outcome, runCommand } from './process.ts';
import { ROOT, type Step } from './steps.ts';
import { type Counts, countTests, type Failure } from './vitestReport.ts';

export interface StepResult extends Counts {
  step: Step;
  ms: number;
  /** Why it failed or was not run. */
  note: string;
  /** Its failed tests, where it has tests. */
  failures?: readonly Failure[];
}

export interface RunOptions {
  /** Names of the steps to run. */
  selected: ReadonlySet<string>;
  /** What cannot run here fails instead of being skipped. */
  ci: boolean;
  print: (line: string) => void;
  cwd?: string;
}

/** Runs the selected steps in order, all of them whatever fails. */
export async function runSteps(steps: readonly Step[], options: RunOptions): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const startedAt = performance.now();
    const counts = await runOne(step, results, options);
    results.push({ step, ms: performance.now() - startedAt, ...counts });
  }
  return results;
}

type Counted = Omit<StepResult, 'step' | 'ms'>;
const PASSED = { passed: 1, failed: 0, skipped: 0 };
const FAILED = { passed: 0, failed: 1, skipped: 0 };
const SKIPPED = { passed: 0, failed: 0, skipped: 1 };

async function runOne(step: Step, before: readonly StepResult[], options: RunOptions): Promise<Counted> {
  const { print } = options;
  if (!options.selected.has(step.name)) return { ...SKIPPED, note: 'not selected' };
  print(`\n━━ ${step.name}: ${step.title} ━━`);
  const missing = before.find((result) => step.needs?.includes(result.step.name) && result.failed > 0);
  if (missing) return say({ ...FAILED, note: `not run, because ${missing.step.name} failed` });
  const obstacle = step.obstacle?.() ?? null;
  if (obstacle !== null) return say({ ...(options.ci ? FAILED : SKIPPED), note: `cannot run here: ${obstacle}` });

  if (step.report) {
    mkdirSync(path.dirname(step.report), { recursive: true });
    rmSync(step.report, { force: true });
  }
  const outcome = await runCommands(step, options);
  const note = outcome.ok ? '' : outcome.reason;
  if (!step.report) return say({ ...(outcome.ok ? PASSED : FAILED), note });
  const { skippedNames, ...counts } = countTests(step.report, outcome.ok);
  for (const name of skippedNames) print(`skipped: ${name}`);
  return say({ ...counts, note });

  function say(counted: Counted): Counted {
    if (counted.note !== '') print(`${step.name}: ${counted.note}`);
    return counted;
  }
}

/** All commands of a step, also after the first has failed: two lists of faults are better than one. */
async function runCommands(step: Step, { print, cwd = ROOT }: RunOptions): Promise<Outcome> {
  let first: Outcome = { ok: true };
  try {
    for (const command of step.commands()) {
      const outcome = await runCommand(command, {
        cwd,
        limitMs: step.limitMs,
        onLeftovers: (count) => print(`${step.name}: ended ${count} processes it had left behind`),
      });
      if (first.ok) first = outcome;
    }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
  return first;
}

/** What failed, then the table of the run; its last line is `N passed, N failed, N skipped`, which other programs read. */
export function summarise(results: readonly StepResult[]): string[] {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = results.map((result) => {
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    const mark = result.failed > 0 ? '✗' : result.passed > 0 ? '✓' : '–';
    const seconds = `${(result.ms / 1000).toFixed(1)} s`.padStart(8);
    const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
    return `${mark} ${result.step.name.padEnd(9)}${seconds}  ${counts}${result.note ? `  (${result.note})` : ''}`;
  });
  return [
    ...results.flatMap(tellFailures),
    ...lines,
    '',
    `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
  ];
}

/** Once more at the end: what failed hours of output ago is what is read first. */
function tellFailures({ step, failures = [] }: StepResult): string[] {
  return failures.flatMap(({ file, name, said }) => [
    `✗ ${step.name}: ${path.relative(ROOT, file)} > ${name || 'could not be loaded'}`,
    ...said.map((line) => `    ${line}`),
    '',
  ]);
}
