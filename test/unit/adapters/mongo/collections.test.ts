import { COLLECTIONS } from '../../../../src/adapters/mongo/collections/table.ts';

const all = Object.values(COLLECTIONS);

test('no two collections have one name', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('what belongs to an end user is erased, but for keys, which are revoked, and tombstones, which tell of it', () => {
  const owned = all.filter(({ fields }) => 'endUserId' in fields);
  expect(owned.length).toBeGreaterThan(10);
  expect(owned.filter(({ erasedWith }) => erasedWith === 'nothing').map(({ name }) => name)).toEqual([
    'keys',
    'tombstones',
  ]);
});

test('what goes by itself has the index that lets a server expire it', () => {
  const expiring = all.filter(({ indexes }) => indexes.some(({ expires }) => expires)).map(({ name }) => name);
  expect(expiring).toEqual(all.filter(({ fields }) => 'expireAt' in fields).map(({ name }) => name));
});

test('an index is over fields that documents have', () => {
  const unknown = all.flatMap(({ name, fields, indexes }) =>
    indexes.flatMap(({ keys }) =>
      Object.keys(keys)
        .filter((field) => field !== '_id' && !((field.split('.')[0] as string) in fields))
        .map((field) => `${name}.${field}`),
    ),
  );
  expect(unknown).toEqual([]);
});
