/** `FD | LEN u16be | CMD | …`; LEN counts CMD and what follows, there is no checksum (devices.md §4.3). */
export function encodeXfs5152(command: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const length = 1 + data.length;
  return Uint8Array.from([0xfd, length >> 8, length & 0xff, command, ...data]);
}
