import { useStore } from 'zustand';
import { useApp } from '../app/app.ts';

/** Whether the reader and the printer of this machine work; true as long as nobody knows better. */
export function useKioskState(): { reader: boolean; printer: boolean } {
  const { status } = useApp();
  const devices = useStore(status, (state) => state.devices);
  const works = (name: string): boolean => {
    if (devices === null) return true;
    const health = devices.find(({ device }) => device === name)?.health;
    return health !== undefined && health !== 'offline' && health !== 'fault';
  };
  return { reader: works('idReader'), printer: works('ticketPrinter') };
}
