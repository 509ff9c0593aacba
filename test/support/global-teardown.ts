/** Stops the servers that the setup started; the directories they wrote to go with them. */
export default async function tearDown(): Promise<void> {
  await Promise.all((globalThis.testServers ?? []).map((server) => server.stop()));
}
