import type { ConnectionLike } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../../../workflows/contract.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** `conflict`: an attribute of another type has the name, and its type cannot change. */
export interface Registration {
  name: string;
  state: 'registered' | 'was there' | 'conflict';
}

/** Registers the search attributes that a namespace lacks; without one of them no session could be started. */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<Registration[]> {
  const { operatorService } = connection;
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const registrations = Object.keys(SEARCH_ATTRIBUTES).map((name): Registration => {
    const type = customAttributes[name];
    return { name, state: type === undefined ? 'registered' : type === KEYWORD ? 'was there' : 'conflict' };
  });
  const missing = registrations.filter(({ state }) => state === 'registered').map(({ name }) => [name, KEYWORD]);
  if (missing.length > 0) {
    await operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  }
  return registrations;
}
