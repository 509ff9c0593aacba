import { startTestMongo, startTestTemporal, type TestServer } from './servers.ts';

/** Servers of this test run, for the teardown. */
declare global {
  var testServers: TestServer[] | undefined;
}

/** Brings up Temporal and MongoDB for the tests, each unless its address is given. */
export default async function setUp(): Promise<void> {
  globalThis.testServers = await Promise.all([
    ...unlessGiven('TEST_TEMPORAL_ADDRESS', startTestTemporal),
    ...unlessGiven('TEST_MONGODB_URI', startTestMongo),
  ]);
}

function unlessGiven(variable: string, start: () => Promise<TestServer>): Promise<TestServer>[] {
  if (process.env[variable]) return [];
  const started = start().then((server) => {
    process.env[variable] = server.address;
    return server;
  });
  return [started];
}
