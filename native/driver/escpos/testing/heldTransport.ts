import type { Transport } from '../../../transport/types.ts';

export interface HeldTransport {
  transport: Transport;
  readonly writes: number[][];
  receive(...bytes: number[]): void;
  hangUp(): void;
}

/**
 * Test helper: a transport in the test's hand, where the pieces and moments matter that TCP hides.
 * @param onWrite called for each write with its bytes and place; may answer, hang up or throw
 */
export function holdTransport(
  onWrite: (bytes: readonly number[], index: number, held: HeldTransport) => void = () => {},
): HeldTransport {
  let receive: (bytes: Uint8Array) => void = () => {};
  let hangUp: () => void = () => {};
  const held: HeldTransport = {
    writes: [],
    receive: (...bytes) => receive(Uint8Array.from(bytes)),
    hangUp: () => hangUp(),
    transport: {
      port: '/dev/ttyTEST',
      write: async (bytes) => {
        held.writes.push([...bytes]);
        onWrite([...bytes], held.writes.length - 1, held);
      },
      onData: (listener) => {
        receive = listener;
      },
      onClose: (listener) => {
        hangUp = () => listener('disconnected');
      },
      close: async () => {},
    },
  };
  return held;
}
