import { CERTIFICATE_DEADLINE_MS } from '../../contract/deviceProtocol.ts';
import type { Store } from '../../db/store.ts';
import { PrintJournal } from '../certificate/journal.ts';
import type { ServiceContext } from '../context.ts';

interface Parts {
  store: Store;
  devices: ServiceContext['devices'];
  committed: ServiceContext['committed'];
}

/** The journal of the certificate printer, and the way its bytes take to it. */
export function openPrintJournal({ store, devices, committed }: Parts): PrintJournal {
  return new PrintJournal({
    store,
    send: async (jobId, bytes) => {
      const input = { jobId, bytes: Buffer.from(bytes).toString('base64') };
      await devices.call('certificate.send', input, CERTIFICATE_DEADLINE_MS);
    },
    changed: (streams) => committed([...streams, 'print:']),
  });
}
