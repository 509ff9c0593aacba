import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../runtime/config.ts';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../runtime/tuning.ts';

/**
 * `node launch.ts api`, `worker` or `retrieval-server`: becomes that role, with the flags and the environment of `tuning.ts`. They must be
 * there when a process begins, so this one is replaced by the role: it keeps its id, its signals and its output.
 */
const ROLES = ['api', 'worker', 'retrieval-server'];

const [name = '', ...rest] = process.argv.slice(2);
if (!ROLES.includes(name) || rest.length > 0) {
  process.stderr.write(`Usage: node ${process.argv[1]} ${ROLES.join('|')}\n`);
  process.exit(2);
}
const file = fileURLToPath(new URL(`${name}${import.meta.filename.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));
const { execve } = process;
if (execve === undefined) throw new Error('This platform cannot replace a process. Start the role itself.');
execve(process.execPath, [process.execPath, ...HEAP_FLAGS, file], childEnvironment(MALLOC_ENVIRONMENT));
