/** The card's side of the line, written from devices.md §4.2 alone: it shares no code with the driver it tests. */

export interface CardRequest {
  destination: number;
  data: Buffer;
  crcOk: boolean;
}

/** Takes requests out of the incoming bytes: what lies between A5 and 5A. */
export class CardReader {
  #rest = Buffer.alloc(0);

  push(bytes: Uint8Array): CardRequest[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests: CardRequest[] = [];
    for (let end = this.#rest.indexOf(0x5a); end >= 0; end = this.#rest.indexOf(0x5a)) {
      const start = this.#rest.lastIndexOf(0xa5, end);
      const frame = start < 0 ? null : restore(this.#rest.subarray(start + 1, end));
      this.#rest = this.#rest.subarray(end + 1);
      if (!frame || frame.length < 16) continue;
      const data = frame.subarray(14, -2);
      if (frame.readUInt16LE(12) !== data.length) continue;
      requests.push({
        destination: frame.readUInt16LE(0),
        data,
        crcOk: frame.readUInt16LE(frame.length - 2) === crc(frame.subarray(0, -2)),
      });
    }
    if (this.#rest.length > 4096) this.#rest = Buffer.alloc(0);
    return requests;
  }
}

/** @param error 0 is the ACK of the vendor's page */
export function reply(error: number, destination: number): Buffer {
  const body = Buffer.alloc(14 + 5);
  body.writeUInt16LE(destination, 0);
  body.writeUInt16LE(0xfffe, 2);
  body[10] = 0xfe;
  body[11] = 0x02;
  body.writeUInt16LE(5, 12);
  body[14] = 0xa0;
  body[15] = error === 0 ? 0 : 1;
  body[16] = error;
  const checked = Buffer.alloc(2);
  checked.writeUInt16LE(crc(body));
  return Buffer.concat([Buffer.alloc(8, 0xa5), protect(Buffer.concat([body, checked])), Buffer.of(0x5a)]);
}

const PAIRS: readonly [number, string][] = [
  [0xa5, 'a602'],
  [0xa6, 'a601'],
  [0x5a, '5b02'],
  [0x5b, '5b01'],
];

function protect(bytes: Buffer): Buffer {
  const pairs = new Map(PAIRS);
  return Buffer.from([...bytes].map((byte) => pairs.get(byte) ?? byte.toString(16).padStart(2, '0')).join(''), 'hex');
}

function restore(bytes: Buffer): Buffer | null {
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0xa6 && byte !== 0x5b) {
      plain.push(byte);
      continue;
    }
    const pair = PAIRS.find(([, hex]) => hex === bytes.toString('hex', at, at + 2));
    if (!pair) return null;
    plain.push(pair[0]);
    at += 1;
  }
  return Buffer.from(plain);
}

/** Bit by bit from the polynomial 8005, on reflected bits. */
function crc(bytes: Buffer): number {
  let register = 0;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const carry = ((register >> 15) & 1) ^ ((byte >> bit) & 1);
      register = ((register << 1) & 0xffff) ^ (carry ? 0x8005 : 0);
    }
  }
  return Number.parseInt(register.toString(2).padStart(16, '0').split('').reverse().join(''), 2);
}
