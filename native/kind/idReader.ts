import type { IdReaderConfig } from '../../contract/config/devices.ts';
import { SamReaderDriver } from '../driver/sam-ga450/driver.ts';
import type { CardReading } from '../driver/sam-ga450/transaction.ts';
import { CardPoller } from '../reader/cardPoller.ts';
import { decodePhoto, type PhotoDecoder } from '../reader/photoDecoder.ts';
import type { Running, Workshop } from './types.ts';

export interface RunningReader extends Running<SamReaderDriver> {
  readonly poller: CardPoller;
}

/** A card reader: it looks for cards while somebody watches or waits. */
export function startIdReader(key: string, config: IdReaderConfig, workshop: Workshop): RunningReader {
  const running = workshop.supervise(key, SamReaderDriver, config);
  const poller = new CardPoller({
    readCard: () => running.supervisor.run((reader) => reader.readCard()),
    onCard: (reading) => {
      workshop.emit('reader.card', { card: reading.card, readMs: reading.readMs });
      if (config.photo) void showPhoto(reading, config.photo, workshop);
    },
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

/** After the text, which never waits for it. */
async function showPhoto({ card, photo }: CardReading, decoder: PhotoDecoder, workshop: Workshop): Promise<void> {
  if (photo === null) return;
  const result = await decodePhoto(photo, decoder);
  if (result.ok) workshop.emit('reader.photo', { number: card.number, image: result.image });
  else workshop.environment.log('photo.not-decoded', { failure: result.failure });
}
