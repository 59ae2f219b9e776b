import { parseArgs } from 'node:util';
import { runSteps, summarise } from './test/runSteps.ts';
import { STEPS } from './test/steps.ts';

/** `npm test [-- --only STEP … | --skip STEP …]`: every check and every test of the project. */

const names = STEPS.map((step) => step.name);
const selected = select(process.argv.slice(2));
if (selected) {
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const results = await runSteps(STEPS, { selected, ci: Boolean(process.env.CI), print });
  print('\n━━ summary ━━');
  for (const line of summarise(results)) print(line);
  if (results.some((result) => result.failed > 0)) process.exitCode = 1;
} else {
  process.exitCode = 2;
}

function select(argv: string[]): Set<string> | null {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { only: { type: 'string', multiple: true }, skip: { type: 'string', multiple: true } },
    });
    const unknown = [...(values.only ?? []), ...(values.skip ?? [])].find((name) => !names.includes(name));
    if (unknown) throw new Error(`There is no step ${unknown}.`);
    return new Set((values.only ?? names).filter((name) => !values.skip?.includes(name)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(`usage: npm test -- [--only STEP]… [--skip STEP]…   steps: ${names.join(' ')}`);
    return null;
  }
}
