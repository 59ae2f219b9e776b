import { z } from 'zod';

/** How a device is reached: shared by every driver's configuration (devices.md §6.1, §6.7). */

const NETWORK = /^(tcp|rfc2217):/;
const NETWORK_PORT = /^(tcp|rfc2217):\/\/[^\s/:]+:\d{1,5}$/;
/** `usb:1a86:7523`, then one of `:SERIAL` and `@LOCATION`, then a path that breaks a tie: `,/dev/ttyUSB1`. */
export const USB_PORT = /^usb:([0-9a-f]{4}):([0-9a-f]{4})(?::([^@,\s]+)|@([^,\s]+))?(?:,(\S+))?$/i;

export const port = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (value) => !NETWORK.test(value) || NETWORK_PORT.test(value),
    'expected tcp://host:port or rfc2217://host:port',
  )
  .refine(
    (value) => !value.startsWith('usb:') || USB_PORT.test(value),
    'expected usb:1a86:7523, usb:1a86:7523:SERIAL or usb:1a86:7523@LOCATION',
  )
  .describe(
    'a serial port such as /dev/ttyUSB0 or COM5, an adapter by its identity such as usb:1a86:7523, tcp://host:port, or rfc2217://host:port',
  );

export const baudRate = z.int().min(1200).max(921_600);
export const flowControl = z.enum(['none', 'rtscts', 'xonxoff']).default('none');
export const parity = z.enum(['none', 'even', 'odd']).default('none');

/** Whose a device of a kind with several is: a window such as W07, a zone such as floor-2. */
export const owner = z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'expected letters, digits and hyphens');
