export interface SamId {
  /** `05.01-20130101-0000012345-0987654321`; whether all vendors print both numbers is unknown (devices.md §1.5). */
  text: string;
  /** The 16 bytes as they came. */
  hex: string;
}

/** Number of the reader's security module 安全模块号. @returns null unless there are 16 bytes */
export function parseSamId(data: Uint8Array): SamId | null {
  if (data.length !== 16) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const digits = (value: number, width: number) => String(value).padStart(width, '0');
  const issuer = `${digits(view.getUint16(0, true), 2)}.${digits(view.getUint16(2, true), 2)}`;
  const date = digits(view.getUint32(4, true), 8);
  const numbers = [8, 12].map((offset) => digits(view.getUint32(offset, true), 10));
  return { text: [issuer, date, ...numbers].join('-'), hex: Buffer.from(data).toString('hex') };
}
