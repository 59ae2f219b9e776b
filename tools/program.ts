import { Command, Option } from 'commander';
import { withDatabaseOptions } from './commands/databaseOptions.ts';
import { IS_CHECKOUT, readVersion } from './commands/installation.ts';
import { portNumber, wholeNumber } from './commands/optionValues.ts';

/**
 * Every command of `yichuang` with its options. Each is loaded when it is asked for: `verify` needs no HTTP server.
 * What it says on stdout and when it exits with 1: docs/commands.md, written from this by `npm run docs`.
 */
export async function describeCommands(): Promise<Command> {
  const program = new Command('yichuang')
    .version(readVersion())
    .description('一窗: the service-window terminal of a real-estate registration hall');

  withDatabaseOptions(program.command('centre'))
    .description('the centre: takes in what terminals send and hands it out')
    .requiredOption('--data <dir>', 'its data; made when there is none')
    .option('--port <n>', 'port to listen on', portNumber, 7400)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--hours <spans...>', 'when the hall is open, such as 08:30-11:30 13:00-16:30')
    .option('--hall <name>', 'hall of a hub')
    .option('--relay', 'the hub of a hall: keeps what its terminals send, and hands it on to the centre')
    .option('--upstream <url>', 'the centre, for --relay')
    .option('--relay-code <code>', 'from `yichuang enrol --relay` at the centre; needed once')
    .option('--relay-name <id>', 'of this hub among the devices of the hall', 'H01')
    .option('--follow <url>', 'this is the standby of the hub at this address')
    .option('--peer <url>', 'this is the active hub; its standby has this address')
    .option(
      '--tls-cert <file>',
      'PEM, with --tls-key: terminals and hubs reach it by https; a hub shows it to its centre too',
    )
    .option('--tls-key <file>', 'PEM')
    .option('--client-ca <file>', 'PEM: every terminal and hub must show a certificate signed by this authority')
    .option('--upstream-ca <file>', 'PEM, of a hub: who signed the certificate of its centre and of the other hub')
    .option(
      '--metrics-port <n>',
      'serve figures for Prometheus to this machine on this port, 0 for a free one',
      portNumber,
    )
    .option('--metrics-token <file>', 'holds the token with which /metrics is answered to others as well')
    .option('--backup-to <dir>', 'back itself up into this folder, on another disk; of PostgreSQL only the images')
    .option('--backup-minutes <n>', 'how often', wholeNumber, 60)
    .option('--backup-days <n>', 'the last backup of each day is kept for so many', wholeNumber, 7)
    .option('--gateway <url>', 'the payment channel')
    .option('--gateway-key <file>', 'holds the key shared with the payment channel')
    .option('--notify <url>', 'address under which the payment channel reaches this centre')
    .option('--office-port <n>', 'serve the back office to browsers on this port, 0 for a free one', portNumber)
    .option('--office-host <address>', 'address to serve it on', '127.0.0.1')
    .option('--office-name <name...>', 'further host names under which browsers call it')
    .option('--office-cert <file>', 'PEM, with --office-key: serve it by TLS')
    .option('--office-key <file>', 'PEM')
    .option('--office-insecure', 'serve it to the network without TLS')
    .option('--office-config <file>', 'its agency, hours and minutes until it locks, as JSON')
    .option('--office-pages <dir>', 'the built pages, when they lie elsewhere')
    .option('--screen-port <n>', 'serve the calling screens to TVs on this port, 0 for a free one', portNumber)
    .option('--screen-host <address>', 'address to serve them on; anybody who reaches it sees the numbers', '0.0.0.0')
    .option(
      '--rating-port <n>',
      'serve the page on which phones rate a service on this port, 0 for a free one',
      portNumber,
    )
    .option('--rating-host <address>', 'address to serve it on; whoever reaches it needs a code of a window', '0.0.0.0')
    .option('--rating-url <url>', 'how the phones of the hall reach it; default: the first address of this machine')
    .addOption(new Option('--office-demo', 'shows the accounts of a demonstration').hideHelp())
    .action(async (options) => (await import('./commands/centre.ts')).centre(options));

  program.command('office', { hidden: true }).action(async () => (await import('./commands/centre.ts')).office());

  withDatabaseOptions(program.command('enrol'))
    .description('a one-time code with which one terminal, or the hub of a hall, may join')
    .requiredOption('--data <dir>', 'the data of the centre')
    .option('--terminal <id>', 'such as W07; of a hub such as H01')
    .option('--relay', 'for the hub of the hall')
    .option('--hall <name>', 'hall', 'main')
    .option('--minutes <n>', 'valid for', wholeNumber, 24 * 60)
    .action(async (options) => (await import('./commands/centre.ts')).enrol(options));

  withDatabaseOptions(program.command('devices'))
    .description('who may speak to the centre: enrolled, last heard, fingerprint of the key, revoked')
    .requiredOption('--data <dir>', 'the data of the centre')
    .option('--revoke <device>', 'takes it out of service at once: its token and key are refused everywhere')
    .option('--reason <text>', 'why it is taken out of service; stays in the log', '在中心停用')
    .option('--settled <device>', 'the receipt that was for more than is here has been looked into')
    .action(async (options) => (await import('./commands/devices.ts')).devices(options));

  withDatabaseOptions(program.command('staff'))
    .description('adds or changes a member of staff; the password is read from stdin')
    .requiredOption('--data <dir>', 'the data of the centre')
    .requiredOption('--number <n>', 'number on the badge')
    .requiredOption('--name <name>', 'as it stands on papers')
    .requiredOption('--roles <list>', 'such as WIN,SUP')
    .option('--hall <name>', 'hall', 'main')
    .action(async (options) => (await import('./commands/centre.ts')).staff(options));

  for (const name of ['catalogue', 'calendar'] as const) {
    withDatabaseOptions(program.command(name))
      .description(`publishes a ${name} to every hall; without a file, prints the one in force`)
      .requiredOption('--data <dir>', 'the data of the centre')
      .option('--file <file>', 'JSON')
      .action(async (options) => (await import('./commands/publish.ts'))[name](options));
  }

  withDatabaseOptions(program.command('compact'))
    .description(
      'machines that have not read what a hall did before a day get a snapshot without what was over by then',
    )
    .requiredOption('--data <dir>', 'the data of the centre, or of the hub of the hall')
    .requiredOption('--before <day>', 'such as 2026-08-27')
    .option('--hall <name>', 'hall', 'main')
    .action(async (options) => (await import('./commands/centre.ts')).compact(options));

  withDatabaseOptions(program.command('appointments'))
    .description('imports appointments from JSON lines or a table; all of them or none, unless --each')
    .requiredOption('--data <dir>', 'the data of the centre')
    .requiredOption('--file <file>', 'JSON lines, or a table that ends in .csv (UTF-8 or GB18030)')
    .option('--each', 'takes what is sound; wrong lines are named and left out')
    .option('--hall <name>', 'hall', 'main')
    .action(async (options) => (await import('./commands/appointments.ts')).appointments(options));

  withDatabaseOptions(program.command('appointments-key'))
    .description('a new key for the booking system of a hall; the one before ends')
    .requiredOption('--data <dir>', 'the data of the centre')
    .option('--hall <name>', 'hall', 'main')
    .action(async (options) => (await import('./commands/appointments.ts')).appointmentsKey(options));

  program
    .command('terminal')
    .description('a terminal without a window')
    .requiredOption('--config <file>', 'its configuration')
    .requiredOption('--data <dir>', 'its data; made when there is none')
    .requiredOption('--headless', 'said, because it opens no window')
    .option('--port <n>', 'port of the RPC, 0 for a free one', portNumber, 0)
    .option('--pages <dir>', 'serve the built pages from here too')
    .action(async (options) => (await import('./commands/terminal.ts')).terminal(options));

  program
    .command('doctor')
    .description('tests every configured device; exit 0 when all is well')
    .requiredOption('--config <file>', 'the configuration of the terminal')
    .option('--json', 'the whole result as JSON')
    .option('--no-ask', 'nobody is at the desk: asks for no card and no key')
    .option('--report <dir>', 'writes the report there, such as a USB stick')
    .action(async (options) => (await import('./commands/doctor.ts')).doctor(options));

  program
    .command('simulate')
    .description('a simulated device')
    .argument('<driver>', 'such as sam-ga450 or onbon-bx5k; a wrong name lists them all')
    .requiredOption('--port <port>', 'a serial path, or tcp://127.0.0.1:0')
    .option('--fault <name>', 'what it gets wrong; a wrong name lists them all')
    .option('--script <file>', 'JSON lines')
    .option('--baud <n>', 'pace of the line', wholeNumber)
    .option('--save <dir>', 'a printer keeps here what came out')
    .action(async (driver, options) => (await import('./commands/simulate.ts')).simulate(driver, options));

  program
    .command('voice-pack')
    .description('checks a folder of recordings; without one, lists what has to be recorded')
    .argument('[dir]', 'the recordings, with manifest.json')
    .action(async (dir) => (await import('./commands/voicePack.ts')).voicePack(dir));

  program
    .command('simulate-gateway')
    .description('a simulated payment channel')
    .requiredOption('--key <file>', 'holds the key shared with the centre')
    .option('--port <n>', 'port to listen on, 0 for a free one', portNumber, 0)
    .option('--fault <name...>', 'what it gets wrong; a wrong name lists them all', [])
    .action(async (options) => (await import('./commands/simulateGateway.ts')).simulateGateway(options));

  program
    .command('diagnose')
    .description('a zip file for whoever helps: figures, settings and log lines of a terminal, nothing of any person')
    .requiredOption('--data <dir>', 'the data of a terminal')
    .requiredOption('--out <file>', 'the zip file to write')
    .option('--config <file>', 'its configuration')
    .option('--logs <dir>', 'its logs, when they lie elsewhere')
    .action(async (options) => (await import('./commands/diagnose.ts')).diagnose(options));

  withDatabaseOptions(program.command('verify'))
    .description('checks chains, hashes, projections and numbers of a terminal or a centre; changes nothing')
    .option('--data <dir>', 'the data of a terminal')
    .option('--centre <dir>', 'the data of a centre')
    .action(async (options) => (await import('./commands/verify.ts')).verify(options));

  program
    .command('backup')
    .description('a backup of a terminal, or of a centre on SQLite, also while it runs; prints what it holds')
    .option('--data <dir>', 'the data of a terminal')
    .option('--centre <dir>', 'the data of a centre')
    .option('--to <dir>', 'folder of the backups; `backups` in the data unless named')
    .action(async (options) => (await import('./commands/backup.ts')).backup(options));

  program
    .command('restore')
    .description('puts a backup in place of the data of a closed terminal or centre; what lay there goes to quarantine')
    .option('--data <dir>', 'the data of a terminal')
    .option('--centre <dir>', 'the data of a centre on SQLite')
    .option('--from <file>', 'the backup; the newest sound one unless named')
    .option('--backups <dir>', 'folder of the backups; `backups` in the data unless named')
    .option(
      '--journal <dir>',
      'durability.journalDir of its configuration: what it holds beyond the backup comes back too',
    )
    .action(async (options) => (await import('./commands/backup.ts')).restore(options));

  program
    .command('salvage')
    .description(
      'sound data from what a damaged terminal, its newest backup and its journal still have; says what is lost',
    )
    .requiredOption('--data <dir>', 'the data of the closed terminal')
    .option('--backups <dir>', 'folder of the backups; `backups` in the data unless named')
    .option('--journal <dir>', 'durability.journalDir of its configuration')
    .option('--force', 'also where the database seems sound')
    .action(async (options) => (await import('./commands/salvage.ts')).salvageFolder(options));

  if (IS_CHECKOUT) (await import('./checkoutCommands.ts')).addCheckoutCommands(program);
  return program;
}
