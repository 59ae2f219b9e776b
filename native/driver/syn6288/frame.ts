/** `FD | LEN u16be | CMD | … | XOR`; LEN counts CMD to XOR, XOR goes over everything before it (devices.md §4.3). */
export function encodeSyn6288(command: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const length = 1 + data.length + 1;
  const open = [0xfd, length >> 8, length & 0xff, command, ...data];
  return Uint8Array.from([...open, open.reduce((sum, byte) => sum ^ byte, 0)]);
}
