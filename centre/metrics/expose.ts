import { statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { bearsToken, type MetricsServer, serveMetrics } from '../../link/metricsServer.ts';
import { Refusal } from '../http/refusal.ts';
import type { CentreMetrics } from './metrics.ts';

export interface MetricsOptions {
  version: string;
  /** Of this machine alone, without a token; 0 for a free one. */
  port?: number | undefined;
  /** With it `/metrics` is also answered where everything else is. */
  token?: string | undefined;
}

/** Counts what the server answers, and answers for it where there is a token. Before the server listens. */
export function addMetrics(app: FastifyInstance, metrics: CentreMetrics, { token }: MetricsOptions): void {
  app.addHook('onError', async (_request, _reply, error) => {
    if (error instanceof Refusal) metrics.noteRefusal(error.body.code);
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern, never the address: those are without end.
    metrics.noteResponse(request.routeOptions.url ?? 'unknown', reply.statusCode);
  });
  if (token === undefined) return;
  app.get('/metrics', async (request, reply) => {
    if (!bearsToken(request.headers.authorization, token)) throw new Refusal('unauthorised');
    reply.header('content-type', metrics.contentType);
    return metrics.metrics();
  });
}

/** @returns null where no port is wanted; its failure does not keep a centre from serving its halls */
export async function listenForMetrics(
  metrics: CentreMetrics,
  { port }: MetricsOptions,
  onRefused: (code: string) => void,
): Promise<MetricsServer | null> {
  if (port === undefined) return null;
  try {
    return await serveMetrics(metrics, port);
  } catch (error) {
    onRefused((error as NodeJS.ErrnoException).code ?? (error as Error).name);
    return null;
  }
}

/** Sizes of what lies in a data directory; 0 for what does not. */
export function measureFiles(dataDir: string): { database: number; wal: number; diskFree: number } {
  const file = path.join(dataDir, 'centre.db');
  const size = (name: string) => statSync(name, { throwIfNoEntry: false })?.size ?? 0;
  const { bavail, bsize } = statfsSync(dataDir);
  return { database: size(file), wal: size(`${file}-wal`), diskFree: bavail * bsize };
}
