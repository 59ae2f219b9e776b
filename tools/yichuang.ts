#!/usr/bin/env node
import { describeCommands } from './program.ts';

/** The `yichuang` command. stdout carries JSON lines for another program (docs/commands.md); everything else goes to stderr. */
try {
  await (await describeCommands()).parseAsync();
} catch (error) {
  console.error(`yichuang: ${(error as Error).message}`);
  process.exitCode = 1;
}
