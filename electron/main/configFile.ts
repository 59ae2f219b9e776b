import type { ShortcutsConfig } from '../../contract/config/shortcuts.ts';
import { ConfigError, parseTerminalConfig } from '../../contract/config.ts';
import type { Failure } from './failure.ts';
import { describeConfigProblem } from './startFailures.ts';

/** @returns what the page says of a configuration that is no use; null for one that is */
export function findConfigFailure(text: string, file: string): Failure | null {
  try {
    parseTerminalConfig(text);
    return null;
  } catch (error) {
    return describeConfigProblem(file, error instanceof ConfigError ? error.problems : null);
  }
}

/** @param text of a configuration in which `findConfigFailure` found nothing */
export function readShortcuts(text: string): ShortcutsConfig {
  return parseTerminalConfig(text).shortcuts;
}
