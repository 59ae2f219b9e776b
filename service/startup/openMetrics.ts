import { type MetricsServer, serveMetrics } from '../../link/metricsServer.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';
import { createMetrics } from '../metrics/metrics.ts';

/** Figures for Prometheus; null where no port is configured, or it is taken. */
export async function openMetrics(context: ServiceContext, dataDir: string, log: Log): Promise<MetricsServer | null> {
  const { port } = context.config.metrics ?? {};
  if (port === undefined) return null;
  try {
    return await serveMetrics(createMetrics(context, dataDir), port);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    log.error({ code: code ?? name }, 'metrics-port-refused');
    return null;
  }
}
