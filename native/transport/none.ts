import { Ending } from './ending.ts';
import { type PortOptions, type Transport, TransportError } from './types.ts';

/** `audio:…`, the sound output of this machine: a device that programs of the system reach, and no line of bytes. */
export function openNone({ port }: PortOptions): Transport {
  const ending = new Ending();
  return {
    port,
    write: () => Promise.reject(new TransportError('io', `${port} takes no bytes`)),
    onData: () => {},
    onClose: (listener) => ending.listen(listener),
    close: async () => ending.report('closed'),
  };
}
