import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { OnbonFramer } from '../../native/driver/onbon-bx5k/framer.ts';
import { Framer } from '../../native/driver/sam-ga450/framer.ts';
import { ReplyFramer } from '../../native/modbus/framer.ts';
import { TelnetReader } from '../../native/transport/rfc2217/telnet.ts';
import { randomFrom } from '../../tools/day/random.ts';
import { type Figure, figure } from './figures.ts';

const STREAM_BYTES = 4_000_000;
const MEGABYTE = 1_000_000;

interface Parser {
  name: string;
  /** One good answer; between two of them comes noise of the same length. */
  frame: string;
  /** @returns what takes the next bytes; answers how many frames became complete */
  make(): (bytes: Uint8Array) => number;
}

const PARSERS: readonly Parser[] = [
  {
    name: 'sam-ga450',
    frame: 'AAAAAA96690008 00009F00000000 97',
    make() {
      const framer = new Framer({ now: () => 0, interByteMs: 200 });
      return (bytes) => framer.push(bytes).length;
    },
  },
  {
    name: 'onbon-bx5k',
    frame: 'A5A5A5A5A5A5A5A5 0080FEFF000000000000FE020500 A000000000 14AC 5A',
    make() {
      const framer = new OnbonFramer();
      return (bytes) => framer.push(bytes).length;
    },
  },
  {
    name: 'modbus',
    frame: '010304000100056BF0',
    make() {
      const framer = new ReplyFramer();
      const wanted = { unit: 1, code: 3, bytes: 9 };
      framer.expect(wanted);
      return (bytes) => {
        if (framer.push(bytes) === null) return 0;
        framer.expect(wanted);
        return 1;
      };
    },
  },
  {
    name: 'rfc2217',
    frame: 'FFFA2C6500002580FFF0',
    make() {
      let answers = 0;
      const reader = new TelnetReader({
        onData: () => {},
        onOption: () => {},
        onSubnegotiation: () => {
          answers += 1;
        },
      });
      return (bytes) => {
        const before = answers;
        reader.push(bytes);
        return answers - before;
      };
    },
  },
];

/**
 * How fast each parser of a line goes through frames and noise in chunks of any size, beside a loop that only adds the
 * bytes up, and what it holds on to afterwards. A line brings 0.012 MB/s at 115,200 baud.
 */
export async function benchParsers(): Promise<Figure[]> {
  const collect = exposeGc();
  return PARSERS.flatMap(({ name, frame, make }) => {
    const chunks = streamOf(Buffer.from(frame.replaceAll(' ', ''), 'hex'));
    let sum = 0;
    const baseline = speed(chunks, (bytes) => {
      for (const byte of bytes) sum += byte;
    });
    if (sum === 0) throw new Error('an empty stream');
    const push = make();
    let frames = 0;
    const take = (bytes: Uint8Array): void => {
      frames += push(bytes);
    };
    speed(chunks, take);
    collect();
    const before = process.memoryUsage().heapUsed;
    const value = speed(chunks, take);
    collect();
    const grown = process.memoryUsage().heapUsed - before;
    if (frames === 0) throw new Error(`${name} found no frame`);
    return [
      figure(`parsers.${name}`, value, 'MB/s', baseline),
      figure(`parsers.${name}.heldAfter`, Math.max(0, grown) / 1000, 'kB'),
    ];
  });
}

/** Frames with noise between them, cut anywhere: chunks of 1 to 4,095 bytes. */
function streamOf(frame: Buffer): Uint8Array[] {
  const random = randomFrom(7);
  const bytes = Buffer.alloc(STREAM_BYTES);
  for (let at = 0; at < bytes.length; ) {
    for (let count = 0; count < frame.length && at < bytes.length; count++) bytes[at++] = Math.floor(random() * 256);
    at += frame.copy(bytes, at);
  }
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + 1 + Math.floor(random() * 4095));
    chunks.push(bytes.subarray(at, end));
    at = end;
  }
  return chunks;
}

function speed(chunks: readonly Uint8Array[], take: (bytes: Uint8Array) => void): number {
  const startedAt = performance.now();
  for (const chunk of chunks) take(chunk);
  return STREAM_BYTES / MEGABYTE / ((performance.now() - startedAt) / 1000);
}

function exposeGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
