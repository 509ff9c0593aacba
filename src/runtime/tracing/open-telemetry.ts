import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import {
  makeWorkflowExporter,
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { Tracing } from './tracing.ts';

/** Traces over OTLP/HTTP. Where to, with which headers and how many of them stands in OpenTelemetry's own variables. */
export function openTelemetry(serviceName: string): Tracing {
  const resource = new Resource({ 'service.name': serviceName });
  const processor = new BatchSpanProcessor(new OTLPTraceExporter());
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  return {
    clientInterceptors: [new OpenTelemetryWorkflowClientInterceptor()],
    worker: {
      interceptors: {
        activity: [(context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context) })],
      },
      sinks: { exporter: makeWorkflowExporter(processor, resource) },
    },
    // Traces that nobody takes are no reason to fail.
    close: () => provider.shutdown().catch(() => {}),
  };
}
