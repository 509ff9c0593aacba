#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheHome } from '../../local/stack/programs/cache-home.ts';

// Before anything else is loaded: most of a command's time is the loading of its libraries.
try {
  enableCompileCache(join(cacheHome(process.env.XDG_CACHE_HOME), 'node'));
} catch {
  // A user without a home, as in some containers, waits for it each time.
}
await import('./program.ts');
