/** A serial port of this machine as the operating system describes it. */
export interface PortDescription {
  /** What opens it: `/dev/ttyUSB0`, `COM5`. */
  path: string;
  /** Null for a port that is no USB adapter. */
  usb: UsbIdentity | null;
}

export interface UsbIdentity {
  /** Four hex digits, lower case. */
  vendorId: string;
  productId: string;
  /** Most CH340 have none. */
  serialNumber: string | null;
  /** The socket it is plugged into: `1-1.2` on Linux, `Port_#0003.Hub_#0001` on Windows. */
  location: string | null;
  manufacturer: string | null;
}
