#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheHome } from '../../runtime/cache-home.ts';

// This comes first, because a command spends most of its time loading libraries.
try {
  enableCompileCache(join(cacheHome(process.env.XDG_CACHE_HOME), 'node'));
} catch {
  // A user without a home directory, as in some containers, has no cache.
}
await import('./program.ts');
