import type { BlankForm } from '../../domain/blanks/serial.ts';

/** The clean blanks of one form in one window. */
export interface Drawer {
  hall: string;
  window: string;
  form: BlankForm;
}

/** Serials `first` to `last` with this letter lie in one pack. */
export interface PackRange {
  stream: string;
  prefix: string;
  first: number;
  last: number;
}

/** What a day did to a drawer. Days are local calendar days, ISO. */
export interface DrawerDay extends Drawer {
  day: string;
  /** Clean blanks that came, less those that went. */
  net: number;
  /** Printed or spoiled: such a day must be counted. */
  used: number;
  /** Spoiled papers to be counted. */
  papers: number;
  /** Blanks bound for a printer with a journal. */
  bound: number;
  /** Sheets that the journal of that printer has settled. */
  sheets: number;
}

export interface KnownBlanks {
  /** The pack that begins nearest at or below this number, of whatever hall, whether it reaches that far or not. */
  findPackBelow(prefix: string, number: number): PackRange | null;
  /** Clean blanks in the drawer at the end of the day. */
  closingOf(drawer: Drawer, day: string): number;
  papersOf(drawer: Drawer, day: string): number;
  /** Sheets that went through the printer on a day: as the stock book bound them, and as the printer's journal settled them. */
  sheetsOf(drawer: Drawer, day: string): { bound: number; sheets: number };
  /** The last day before `day` on which blanks were printed or spoiled there. */
  lastUsedDay(drawer: Drawer, day: string): string | null;
  /** @returns the stream of the count of that day */
  findCount(drawer: Drawer, day: string): string | null;
}
