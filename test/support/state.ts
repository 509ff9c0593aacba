import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateDirectory } from '../../src/local/stack/state/state-directory.ts';

/** Shared by all tests: it only keeps compiled code, of workflows and roles. */
export const testState = stateDirectory(join(tmpdir(), 'ask-test-state'));
