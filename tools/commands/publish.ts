import { readFileSync } from 'node:fs';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { publishCalendarOffline, publishCatalogueOffline, readPublicationsOffline } from '../../centre/command.ts';
import { PublicationError } from '../../contract/publication.ts';
import { type CentreDataOptions, existingDataOf } from './centreData.ts';
import { printLine } from './output.ts';

interface PublishOptions extends CentreDataOptions {
  file?: string;
}

/** `yichuang catalogue`: without a file it prints the newest one, to be changed and published again. */
export async function catalogue({ file, ...where }: PublishOptions): Promise<void> {
  if (file === undefined) return printLine((await readPublicationsOffline(existingDataOf(where))).catalogue);
  await orExplain(async () =>
    printLine({ published: await publishCatalogueOffline(existingDataOf(where), readJson(file)) }),
  );
}

/** `yichuang calendar`: the same with the working calendar. */
export async function calendar({ file, ...where }: PublishOptions): Promise<void> {
  if (file === undefined) return printLine((await readPublicationsOffline(existingDataOf(where))).calendar);
  await orExplain(async () =>
    printLine({ published: await publishCalendarOffline(existingDataOf(where), readJson(file)) }),
  );
}

/** JSON, with comments if need be. */
function readJson(file: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(readFileSync(file, 'utf8'), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (!first) return value;
  throw new PublicationError([{ path: `offset ${first.offset}`, message: printParseErrorCode(first.error) }]);
}

/** A line for each wrong cell, and exit code 1. */
async function orExplain(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PublicationError)) throw error;
    for (const problem of error.problems) printLine(problem);
    process.exitCode = 1;
  }
}
