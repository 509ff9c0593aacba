import { Connection } from '@temporalio/client';
import mongoose from 'mongoose';
import { SEARCH_ATTRIBUTES } from '../../../../workflows/contract.ts';

test('the test Temporal answers and knows every search attribute', async () => {
  const connection = await Connection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS as string });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(Object.keys(SEARCH_ATTRIBUTES)));
  await connection.close();
});

test('the test MongoDB stores and finds a document', async () => {
  const client = await new mongoose.mongo.MongoClient(process.env.TEST_MONGODB_URI as string).connect();
  const things = client.db(`embedded-${process.pid}`).collection<{ _id: string }>('things');
  await things.insertOne({ _id: 'one' });
  expect(await things.findOne({ _id: 'one' })).toEqual({ _id: 'one' });
  await client.db(`embedded-${process.pid}`).dropDatabase();
  await client.close();
});
