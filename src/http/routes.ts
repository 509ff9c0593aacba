import { askRoutes } from './ask/routes.ts';
import type { Route } from './kernel/lib/route.ts';
import { libraryRoutes } from './library/routes.ts';

/** Every route that needs a key: what it needs, reads, does and answers. The OpenAPI document comes out of this table. */
export const routes: readonly Route[] = [...askRoutes, ...libraryRoutes];
