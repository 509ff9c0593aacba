import { z } from 'zod';

/** Whether a value is admitted. */
export type Test = (value: unknown) => boolean;
/** Whether a record is admitted, by its number. */
export type RecordTest = (record: number) => boolean;
/** Makes the test of a record from the test of one of its fields. The value of a field that is missing is undefined. */
export type Where = (field: string, accepts: Test) => RecordTest;

/** Pinecone's language of metadata filters. A filter becomes a test of records once it is known where their fields are. */
export type Filter = (where: Where) => RecordTest;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const scalars = z.array(scalar).max(10_000);

const operators = z
  .strictObject({
    $eq: scalar.transform((wanted): Test => has(wanted)),
    $ne: scalar.transform(
      (wanted): Test =>
        (value) =>
          !has(wanted)(value),
    ),
    $gt: z.number().transform((bound): Test => number((value) => value > bound)),
    $gte: z.number().transform((bound): Test => number((value) => value >= bound)),
    $lt: z.number().transform((bound): Test => number((value) => value < bound)),
    $lte: z.number().transform((bound): Test => number((value) => value <= bound)),
    $in: scalars.transform((wanted): Test => anyOf(wanted)),
    $nin: scalars.transform(
      (wanted): Test =>
        (value) =>
          !anyOf(wanted)(value),
    ),
    $exists: z.boolean().transform(
      (wanted): Test =>
        (value) =>
          (value !== undefined) === wanted,
    ),
  })
  .partial()
  .transform((given) => Object.values(given).filter((test) => test !== undefined))
  .refine((tests) => tests.length > 0, { message: 'an operator is missing' });

const condition = z.union([scalar.transform((wanted): Test[] => [has(wanted)]), operators]);

export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z
    .object({
      $and: z.array(filterSchema).min(1).optional(),
      $or: z.array(filterSchema).min(1).optional(),
    })
    .catchall(condition)
    .superRefine((given, context) => {
      for (const name of Object.keys(given)) {
        if (name.startsWith('$') && name !== '$and' && name !== '$or')
          context.addIssue({ code: 'custom', message: `${name} is not a valid operator at this place` });
      }
    })
    .transform(
      ({ $and = [], $or, ...fields }): Filter =>
        (where) => {
          const tests = [
            ...Object.entries(fields).map(([name, all]) => where(name, (value) => all.every((test) => test(value)))),
            ...$and.map((filter) => filter(where)),
            ...($or === undefined ? [] : [anyTest($or.map((filter) => filter(where)))]),
          ];
          return (record) => tests.every((test) => test(record));
        },
    ),
);

function anyTest(tests: readonly RecordTest[]): RecordTest {
  return (record) => tests.some((test) => test(record));
}

/** Equal, or for a list of strings: one of them. */
function has(wanted: string | number | boolean): Test {
  return (value) => (Array.isArray(value) ? value.includes(wanted) : value === wanted);
}

function anyOf(wanted: readonly (string | number | boolean)[]): Test {
  const set = new Set<unknown>(wanted);
  return (value) => (Array.isArray(value) ? value.some((one) => set.has(one)) : set.has(value));
}

function number(holds: (value: number) => boolean): Test {
  return (value) => typeof value === 'number' && holds(value);
}
