import { startPineconeSandbox } from './retrieval-server.ts';

/** The sandbox as a process that a test may kill: directory in, settings out over IPC. */
const [, , dir = ''] = process.argv;
const { settings } = await startPineconeSandbox({ dir });
process.send?.(settings);
process.once('disconnect', () => process.exit(0));
