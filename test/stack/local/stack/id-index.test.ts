import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import { eventually } from '../../../support/eventually.ts';
import { startTestMongo } from '../../../support/servers.ts';

/** How SQLite answers what FerretDB asks for a look-up by `_id`. */
function planOf(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const [table] = db.prepare('SELECT table_name FROM _ferretdb_collections').all();
    const lookUp = `EXPLAIN QUERY PLAN SELECT * FROM "${table?.table_name}" WHERE _ferretdb_sjson->'$._id' = ?`;
    return String(db.prepare(lookUp).all('"one"')[0]?.detail);
  } finally {
    db.close();
  }
}

test('the embedded database serves a look-up by _id from an index', async () => {
  const server = await startTestMongo();
  const client = await new mongoose.mongo.MongoClient(server.address).connect();
  try {
    await client.db('things').collection<{ _id: string }>('things').insertOne({ _id: 'one' });
    const file = join(server.directory, 'ferretdb', 'things.sqlite');
    // A mongod on PATH is taken before FerretDB, and has this by itself.
    if (!existsSync(file)) return;
    await eventually(() => planOf(file).includes('USING INDEX'));
  } finally {
    await client.close();
    await server.stop();
  }
}, 60_000);
