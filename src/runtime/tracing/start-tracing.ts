import type { Config } from '../config.ts';
import type { Tracing } from './tracing.ts';

/**
 * Sends traces to OTEL_EXPORTER_OTLP_ENDPOINT. Must run before anything else makes a span. Without that setting nothing
 * of OpenTelemetry is loaded but its API, whose spans then do nothing.
 */
export async function startTracing(serviceName: string, config: Config): Promise<Tracing> {
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT === undefined)
    return { clientInterceptors: [], worker: {}, close: async () => {} };
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry(serviceName);
}
