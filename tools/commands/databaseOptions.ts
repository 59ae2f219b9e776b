import type { Command } from 'commander';

/** The options of `dataOf`, for every command that opens a centre's data. */
export function withDatabaseOptions(command: Command): Command {
  return command
    .option('--database-url <url>', 'PostgreSQL of the centre, without a password; with one: in YICHUANG_DATABASE_URL')
    .option('--database-url-file <file>', 'holds the URL, with its password')
    .option('--database-insecure', 'over the network without TLS');
}
