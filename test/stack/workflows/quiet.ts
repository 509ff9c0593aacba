import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Keeps the SDK's lifecycle messages out of the test output. Once per process, before any connection. */
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
});
