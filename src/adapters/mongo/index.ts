export { connectMongo, mongoDependency } from './connect.ts';
export { ensureIndexes } from './indexes.ts';
export { openIndexStates } from './library/index-states.ts';
export { createStores, type Stores } from './stores.ts';
