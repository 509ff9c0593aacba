import { type Connection, Schema } from 'mongoose';
import type { Declaration } from '../collections/table.ts';
import { isDuplicateKey } from './mongo-errors.ts';

export type Filter = Record<string, unknown>;
export type Update = Record<string, Record<string, unknown>>;
export interface Range {
  sort?: Record<string, 1 | -1>;
  skip?: number;
  limit?: number;
}

/** A collection. Mongoose writes through a schema, and every document that is read is parsed with Zod. */
export type Collection<D extends { _id: string }> = ReturnType<typeof openCollection<D>>;

/** Opens a collection of the table. A field that the table does not name is a bug, and throws. */
export function openCollection<D extends { _id: string }>(
  connection: Connection,
  { name, fields, shape }: Declaration<D>,
) {
  const model = connection.model(
    name,
    new Schema({ _id: String, ...fields }, { strict: 'throw', versionKey: false, minimize: false, autoCreate: false }),
    name,
  );
  return {
    /** Reads by `_id` alone, the one filter that every server answers from an index. */
    async get(id: string): Promise<D | null> {
      const found: unknown = await model.findOne({ _id: id }).lean();
      return found === null ? null : shape.parse(found);
    },

    /** Reads by `_id` alone, all in one query. What is not there is left out; the order is any. */
    async getAll(ids: readonly string[]): Promise<D[]> {
      if (ids.length === 0) return [];
      const found: unknown[] = await model.find({ _id: { $in: [...ids] } }).lean();
      return found.map((each) => shape.parse(each));
    },

    async list(filter: Filter, { sort = {}, skip = 0, limit = 0 }: Range): Promise<D[]> {
      const found: unknown[] = await model.find(filter).sort(sort).skip(skip).limit(limit).lean();
      return found.map((each) => shape.parse(each));
    },

    async ids(filter: Filter): Promise<string[]> {
      const found: { _id: unknown }[] = await model.find(filter, { _id: 1 }).lean();
      return found.map(({ _id }) => String(_id));
    },

    /** Insertion is the one write that is atomic on every server; @returns false when the document was already there. */
    async insert(document: D): Promise<boolean> {
      try {
        await model.insertOne(document);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /** Inserts the documents that do not exist yet. */
    async insertAll(batch: readonly D[]): Promise<void> {
      try {
        await model.insertMany([...batch], { ordered: false, lean: true });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },

    /** @returns whether the document existed. */
    async update(id: string, update: Update): Promise<boolean> {
      const { matchedCount } = await model.updateOne({ _id: id }, update);
      return matchedCount > 0;
    },

    async upsert(id: string, update: Update): Promise<void> {
      const attempt = () => model.updateOne({ _id: id }, update, { upsert: true });
      try {
        await attempt();
      } catch (error) {
        // Two upserts ran at once and the other one inserted, so this one now finds the document.
        if (!isDuplicateKey(error)) throw error;
        await attempt();
      }
    },

    async updateAll(filter: Filter, update: Update): Promise<number> {
      const { modifiedCount } = await model.updateMany(filter, update);
      return modifiedCount;
    },

    async remove(filter: Filter): Promise<number> {
      const { deletedCount } = await model.deleteMany(filter);
      return deletedCount;
    },
  };
}
