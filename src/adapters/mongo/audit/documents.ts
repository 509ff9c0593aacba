import type { Connection } from 'mongoose';
import { z } from 'zod';

const refs = z.object({
  _id: z.string(),
  endUserId: z.string().nullish(),
  recordingId: z.string().nullish(),
  transcriptionId: z.string().nullish(),
  sessionId: z.string().nullish(),
  messageId: z.string().nullish(),
  scopeType: z.string().nullish(),
  recordingIds: z.array(z.string()).nullish(),
  status: z.string().nullish(),
  kind: z.string().nullish(),
  role: z.string().nullish(),
  by: z.string().nullish(),
  pageCount: z.number().nullish(),
  purged: z.boolean().nullish(),
  revokedAt: z.string().nullish(),
  createdAt: z.string().nullish(),
});
/** What a document says of others; never its words. */
export type Refs = z.infer<typeof refs>;

const projection = Object.fromEntries(Object.keys(refs.shape).map((field) => [field, 1]));

/** Reads documents of any collection by what they refer to. */
export function referencesOf(connection: Connection) {
  const collection = (name: string) => connection.collection<{ _id: string }>(name);
  return {
    async *all(name: string, filter: Record<string, unknown> = {}): AsyncGenerator<Refs> {
      for await (const found of collection(name).find(filter, { projection })) yield refs.parse(found);
    },
    async get(name: string, id: string): Promise<Refs | null> {
      const found = await collection(name).findOne({ _id: id }, { projection });
      return found === null ? null : refs.parse(found);
    },
    async remove(name: string, id: string): Promise<void> {
      await collection(name).deleteOne({ _id: id });
    },
  };
}

export type References = ReturnType<typeof referencesOf>;
