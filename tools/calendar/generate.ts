import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readPackageYears, writeHolidays } from './holidays.ts';

/** `npm run calendar` writes domain/clock/holidays.ts from the installed package. */

const file = path.join(import.meta.dirname, '..', '..', 'domain', 'clock', 'holidays.ts');
const years = readPackageYears();
writeFileSync(file, writeHolidays(years));
process.stdout.write(`domain/clock/holidays.ts written: ${Object.keys(years).join(' ')}\n`);
