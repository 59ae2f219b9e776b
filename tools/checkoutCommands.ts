import { type Command, Option } from 'commander';
import { TERMINAL_ROLES } from '../contract/roles.ts';
import { positiveNumber, wholeNumber } from './commands/optionValues.ts';

/** Commands that need development packages; an installed program does not have them. */
export function addCheckoutCommands(program: Command): void {
  program
    .command('demo')
    .description('centre, simulated devices and one terminal on this machine')
    .addOption(new Option('--role <role>', 'what the terminal shows').choices(TERMINAL_ROLES).default('window'))
    .option('--no-ui', 'no window: print the address of the page instead')
    .option('--data <dir>', 'keep the data here instead of in .demo of the checkout')
    .action(async (options) => (await import('./commands/demo.ts')).demo(options));

  program
    .command('generate')
    .description('a made-up working day: the data of a terminal, and of the centre it worked with')
    .requiredOption('--data <dir>', 'a new folder for the terminal')
    .option('--centre <dir>', 'keep the data of the centre here')
    .option('--cases <n>', 'accepted or refused on that day', wholeNumber, 600)
    .option('--seed <n>', 'the same seed gives the same day', wholeNumber, 1)
    .action(async (options) => (await import('./commands/generate.ts')).generate(options));

  program
    .command('bench')
    .description('measures, beside a baseline in the same run')
    .argument('<name>', 'such as save or drain; a wrong name lists them all')
    .action(async (name) => (await import('./commands/bench.ts')).bench(name));

  program
    .command('sim')
    .description('a simulated hall: production code in virtual time, and everything that can go wrong; by seed')
    .option('--seeds <n>', 'runs', wholeNumber, 100)
    .option('--from <seed>', 'the first seed', wholeNumber, 1)
    .addOption(
      new Option('--centre <database>', 'where the centre has its ops')
        .choices(['sqlite', 'postgres'])
        .default('sqlite'),
    )
    .option('--mutant <name>', 'with a planted bug, which is to be found')
    .option('--list-mutants', 'which planted bugs there are')
    .action(async (options) => (await import('./commands/sim.ts')).sim(options));

  program
    .command('rehearse')
    .description(
      'a hall’s day: hub, kiosks, windows and screens as real processes, visitors by a plan; the last line is a JSON summary',
    )
    .option('--tickets <n>', 'visitors', wholeNumber, 600)
    .option('--windows <n>', 'windows with a clerk', wholeNumber, 18)
    .option('--kiosks <n>', 'that give numbers', wholeNumber, 2)
    .option('--screens <n>', 'one for each floor from the second on', wholeNumber, 2)
    .option('--hours <n>', 'how long numbers are taken, up to 8', wholeNumber, 8)
    .option('--minutes-per-second <n>', 'how fast the day goes by', positiveNumber, 1)
    .option('--fault <name...>', 'what goes wrong: hub-outage (30 minutes), window-crash', [])
    .option('--seed <n>', 'the same seed gives the same visitors', wholeNumber, 1)
    .option('--data <dir>', 'keep the data of every machine here')
    .action(async (options) => (await import('./commands/rehearse.ts')).rehearse(options));
}
