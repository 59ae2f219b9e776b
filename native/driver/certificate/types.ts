import type { Driver } from '../types.ts';

/** One certificate on its way to the paper. */
export interface CertificateJob {
  bytes: Uint8Array;
  /** Called right before the first byte is handed to the operating system: from here on the paper is to be looked at. */
  onStart(): void;
  onProgress(phase: 'waiting' | 'sending', sent: number): void;
}

export interface CertificatePrinter extends Driver {
  /**
   * Resolves when the operating system took the last byte. Never sends anything twice.
   * @throws YichuangError or TransportError; whether paper may have been marked is known by `onStart`
   */
  send(job: CertificateJob): Promise<void>;
}

/** What is known of a printer beyond one opening of its port. */
export interface PrinterMemory {
  /** `unknown`: this process has printed nothing yet. */
  lastJob: 'unknown' | 'ended' | 'broken';
}
