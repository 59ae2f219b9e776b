/** The chip of a card: 256 bytes in UTF-16LE, each field at its place (devices.md §1.5). */

export interface SimulatedCard {
  /** The 256 bytes of the chip. */
  text: Buffer;
  addedAddress: string | null;
  /** What the reader answers to 30 01 instead of the record: 32 not authentic, 40 another kind of card. */
  readStatus?: number;
}

type Cell = readonly [offset: number, bytes: number, value: string];

export interface ResidentFields {
  name: string;
  sex: '1' | '2';
  nation?: string;
  birth: string;
  address: string;
  number: string;
  issuer: string;
  from: string;
  to: string;
}

export function resident(fields: ResidentFields): Cell[] {
  return [
    [0, 30, fields.name],
    [30, 2, fields.sex],
    [32, 4, fields.nation ?? '01'],
    [36, 16, fields.birth],
    [52, 70, fields.address],
    [122, 36, fields.number],
    [158, 30, fields.issuer],
    [188, 16, fields.from],
    [204, 16, fields.to],
  ];
}

export function card(cells: readonly Cell[], addedAddress: string | null = null): SimulatedCard {
  const text = Buffer.from(' '.repeat(128), 'utf16le');
  for (const [offset, bytes, value] of cells) {
    const content = Buffer.from(value, 'utf16le');
    if (content.length > bytes) throw new RangeError(`field at ${offset}: ${content.length} of ${bytes} bytes`);
    content.copy(text, offset);
  }
  return { text, addedAddress };
}
