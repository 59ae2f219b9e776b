import type { TicketPrinterConfig } from '../../contract/config/devices.ts';
import type { DeviceInput, DeviceOutput } from '../../contract/deviceProtocol.ts';
import type { Driver } from '../driver/types.ts';
import type { Running, Workshop } from './types.ts';

export interface TicketPrinter extends Driver {
  print(document: DeviceInput<'printer.print'>['document']): Promise<DeviceOutput<'printer.print'>>;
}

/** The driver is loaded only where there is a printer. */
export async function startTicketPrinter(
  key: string,
  config: TicketPrinterConfig,
  workshop: Workshop,
): Promise<Running<TicketPrinter>> {
  const { EscposDriver } = await import('../driver/escpos/driver.ts');
  return workshop.supervise<TicketPrinter, TicketPrinterConfig>(key, EscposDriver, config);
}
