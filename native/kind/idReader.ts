import type { IdReaderConfig } from '../../contract/config/devices.ts';
import { SamReaderDriver } from '../driver/sam-ga450/driver.ts';
import { CardPoller } from '../reader/cardPoller.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningReader extends Running<SamReaderDriver> {
  readonly poller: CardPoller;
}

/** A card reader: it looks for cards while somebody watches or waits. */
export function startIdReader(key: string, config: IdReaderConfig, workshop: Workshop): RunningReader {
  const running = workshop.supervise(key, SamReaderDriver, config);
  const poller = new CardPoller({
    readCard: () => running.supervisor.run((reader) => reader.readCard()),
    onCard: ({ card, readMs }) => workshop.emit('reader.card', { card, readMs }),
    onFailed: ({ code, message }) => workshop.emit('reader.failed', { code, message }),
    environment: workshop.environment,
  });
  return {
    ...running,
    poller,
    close: () => {
      poller.close();
      return running.close();
    },
  };
}
