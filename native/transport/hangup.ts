import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readAsync = promisify(read);

/** Not ready yet: wait for the poller. */
const AGAIN = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/**
 * Makes an opened port end when the operating system hangs it up. A pulled adapter answers every read with nothing;
 * `@serialport/bindings-cpp` 13 reads again without end, which holds a processor and never says that the device is gone
 * (its `unix-read`). With VMIN=1, its default, a live port never answers nothing. To be called before the first read.
 */
export function endOnHangup(serial: SerialPort): void {
  const port = serial.port;
  if (!port || !('poller' in port)) return;
  port.read = async (buffer, offset, length) => {
    for (;;) {
      if (!port.isOpen || port.fd === null) throw Object.assign(new Error('closed'), { canceled: true });
      try {
        return await readAsync(port.fd, buffer, offset, length, null);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && AGAIN.has(String(error.code)))) throw error;
      }
      if (port.isOpen) await readable(port.poller);
    }
  };
}

type Poller = Extract<NonNullable<SerialPort['port']>, { poller: unknown }>['poller'];

function readable(poller: Poller): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (error) => (error ? reject(error) : resolve()));
  });
}
