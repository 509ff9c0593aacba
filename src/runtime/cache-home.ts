import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where builds and compiled code are kept for all copies of this project. @param given XDG_CACHE_HOME */
export function cacheHome(given: string | undefined): string {
  return join(given || join(homedir(), '.cache'), 'ask-api');
}
