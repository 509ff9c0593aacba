import { z } from 'zod';
import { filterSchema } from './filter.ts';

/** The requests of Pinecone's data plane, as far as an index with integrated inference needs them, and its limits. */
export const TEXT_FIELD = 'text';
export const MAX_UPSERT_BYTES = 2 * 1024 * 1024;

const MAX_RECORDS = 96;
const MAX_METADATA_BYTES = 40 * 1024;
const MAX_TOP_K = 10_000;
const MAX_IDS = 1_000;

const id = z.string().min(1).max(512);
/** Shorter than the 512 characters of the real service, because it is a file name here. */
export const namespaceSchema = z
  .string()
  .min(1)
  .refine((name) => encodeURIComponent(name).length <= 200, { message: 'is too long' });
const metadata = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** A stored record: its id, its text and its metadata. */
export const recordSchema = z.object({ id, fields: z.record(z.string(), metadata) }).refine(
  ({ fields }) => {
    const text = fields[TEXT_FIELD];
    return typeof text === 'string' && text !== '';
  },
  { message: `every record needs the field "${TEXT_FIELD}" that the index embeds` },
);
export type StoredRecord = z.infer<typeof recordSchema>;

/** One line of an upsert: `{"_id" or "id", "text", …metadata}`. */
const upsertLine = z
  .looseObject({ _id: id.optional(), id: id.optional() })
  .transform(({ _id, id, ...fields }) => ({ id: _id ?? id, fields }))
  .pipe(recordSchema)
  .refine(({ fields: { [TEXT_FIELD]: _, ...rest } }) => JSON.stringify(rest).length <= MAX_METADATA_BYTES, {
    message: `metadata of a record exceeds ${MAX_METADATA_BYTES} bytes`,
  });
export const upsertSchema = z
  .array(upsertLine)
  .min(1, 'no records were given')
  .max(MAX_RECORDS, `at most ${MAX_RECORDS} records fit an upsert`);

export const searchSchema = z.object({
  query: z.object({
    inputs: z.object({ text: z.string().min(1) }),
    top_k: z.number().int().min(1).max(MAX_TOP_K),
    filter: filterSchema.optional(),
  }),
  fields: z.array(z.string()).optional(),
});

export const fetchSchema = z.object({ ids: z.array(id).min(1).max(MAX_IDS), namespace: z.string().default('') });

export const deleteSchema = z
  .object({
    ids: z.array(id).min(1).max(MAX_IDS).optional(),
    deleteAll: z.boolean().default(false),
    filter: filterSchema.optional(),
    namespace: z.string().default(''),
  })
  .refine(({ ids, deleteAll, filter }) => Number(!!ids) + Number(deleteAll) + Number(!!filter) === 1, {
    message: 'exactly one of ids, filter and deleteAll must be given',
  });

export const listSchema = z.object({
  namespace: z.string().default(''),
  prefix: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  paginationToken: z.string().optional(),
});

export const statsSchema = z.object({ filter: filterSchema.optional() });

export const rerankSchema = z.object({
  model: z.string().min(1),
  query: z.string().min(1),
  documents: z.array(z.looseObject({})).min(1).max(100),
  top_n: z.number().int().min(1).optional(),
  return_documents: z.boolean().default(true),
  rank_fields: z.array(z.string()).length(1).default([TEXT_FIELD]),
});
