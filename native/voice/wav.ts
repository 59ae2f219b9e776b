/** Sound as it is kept and joined: 16-bit PCM, one channel. */
export interface Sound {
  sampleRate: number;
  samples: Int16Array;
}

const HEADER_BYTES = 44;
const PCM = 1;

/**
 * @throws RangeError for anything but 16-bit PCM of one channel; sound is never converted
 */
export function parseWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (chunkName(view, 0) !== 'RIFF' || chunkName(view, 8) !== 'WAVE') throw new RangeError('not a WAV file');
  let sampleRate: number | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = chunkName(view, at);
    // A program that writes to a pipe does not know the length: then the data goes to the end of the file.
    const length = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (name === 'fmt ' && length >= 16) {
      const [format, channels, bits] = [8, 10, 22].map((offset) => view.getUint16(at + offset, true));
      if (format !== PCM || channels !== 1 || bits !== 16) throw new RangeError('not 16-bit PCM of one channel');
      sampleRate = view.getUint32(at + 12, true);
    } else if (name === 'data' && sampleRate !== null) {
      const samples = new Int16Array(Math.floor(length / 2));
      for (const index of samples.keys()) samples[index] = view.getInt16(at + 8 + index * 2, true);
      return { sampleRate, samples };
    }
    at += 8 + length + (length % 2);
  }
  throw new RangeError('a WAV file without sound');
}

export function encodeWav({ sampleRate, samples }: Sound): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const write = (at: number, name: string) => bytes.set(new TextEncoder().encode(name), at);
  write(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  write(8, 'WAVE');
  write(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (const [index, sample] of samples.entries()) view.setInt16(HEADER_BYTES + index * 2, sample, true);
  return bytes;
}

/** One after the other; all of one rate. */
export function concatenate(parts: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** @param percent 0–100 of what it is */
export function atVolume({ sampleRate, samples }: Sound, percent: number): Sound {
  return { sampleRate, samples: samples.map((sample) => Math.round((sample * percent) / 100)) };
}

export function silence(sampleRate: number, ms: number): Int16Array {
  return new Int16Array(Math.round((sampleRate * ms) / 1000));
}

function chunkName(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));
}
