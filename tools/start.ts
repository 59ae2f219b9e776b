import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { TERMINAL_ROLES } from '../contract/roles.ts';
import { demo } from './commands/demo.ts';
import { ROOT } from './commands/installation.ts';
import { STEPS } from './test/steps.ts';

/**
 * `npm start`, after the set-up: builds, then runs the demonstration on this machine.
 *   --check      performs one acceptance through the real window by itself, says what happened, exits 0 or 1
 *   --role NAME  what the terminal shows
 *   --no-ui      no window
 */
const args = process.argv.slice(2);

await build();
if (args.includes('--check')) {
  const { selfCheck } = await import('./selfCheck/selfCheck.ts');
  process.exitCode = await selfCheck();
} else {
  const named = args[args.indexOf('--role') + 1];
  const role = args.includes('--role') ? TERMINAL_ROLES.find((each) => each === named) : 'window';
  if (!role) throw new Error(`--role takes one of ${TERMINAL_ROLES.join(', ')}`);
  await demo({ role, ui: !args.includes('--no-ui') });
}

/** The build step of `npm test`, quietly. */
async function build(): Promise<void> {
  const startedAt = performance.now();
  process.stderr.write('Building … ');
  for (const { command, args: words } of STEPS.find((step) => step.name === 'build')?.commands() ?? []) {
    const child = spawn(command, words, { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`the build failed:\n${output}`);
  }
  if (!existsSync(path.join(ROOT, 'out/renderer/index.html'))) throw new Error('the build made no pages');
  console.error(`${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
