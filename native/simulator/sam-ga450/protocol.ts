/** The reader's side of the line, written from devices.md §1 alone: it shares no code with the driver it tests. */

const PREAMBLE = Buffer.from('aaaaaa9669', 'hex');
/** CMD, PARA, checksum and at most a few bytes of data. */
const MAX_REQUEST_LENGTH = 64;

export interface Request {
  /** For example `2001`. */
  code: string;
  checksumOk: boolean;
  bytes: number;
}

/** Takes requests out of the incoming bytes. */
export class RequestReader {
  #rest = Buffer.alloc(0);

  push(bytes: Uint8Array): Request[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests: Request[] = [];
    for (;;) {
      const at = this.#rest.indexOf(PREAMBLE);
      if (at < 0) {
        this.#rest = this.#rest.subarray(Math.max(0, this.#rest.length - PREAMBLE.length + 1));
        return requests;
      }
      this.#rest = this.#rest.subarray(at);
      if (this.#rest.length < 7) return requests;
      const length = this.#rest.readUInt16BE(5);
      if (length < 3 || length > MAX_REQUEST_LENGTH) {
        this.#rest = this.#rest.subarray(1);
        continue;
      }
      if (this.#rest.length < 7 + length) return requests;
      const frame = this.#rest.subarray(0, 7 + length);
      this.#rest = this.#rest.subarray(7 + length);
      requests.push({
        code: frame.toString('hex', 7, 9),
        checksumOk: xor(frame.subarray(5)) === 0,
        bytes: frame.length,
      });
    }
  }
}

/** @param sw3 the reader's status; SW1 and SW2 are sent as 00 */
export function buildReply(sw3: number, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const reply = Buffer.alloc(5 + 2 + 3 + data.length + 1);
  PREAMBLE.copy(reply);
  reply.writeUInt16BE(3 + data.length + 1, 5);
  reply[9] = sw3;
  reply.set(data, 10);
  reply[reply.length - 1] = xor(reply.subarray(5, -1));
  return reply;
}

function xor(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}
