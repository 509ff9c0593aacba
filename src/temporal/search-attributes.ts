import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { SessionScopeType } from '../domain/scope.ts';
import type { Owned } from '../domain/tenant.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');
const PROJECT = keyword('AskProject');
const MODE = keyword('AskMode');
const END_USER = keyword('AskEndUser');
const SCOPE_TYPE = keyword('AskScopeType');

/** What operators filter runs by. Ids only: search attributes are never encrypted. */
export function searchAttributesOf(owner: Owned, scopeType?: SessionScopeType): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: PROJECT, value: owner.projectId },
    { key: MODE, value: owner.mode },
    { key: END_USER, value: owner.endUserId },
    ...(scopeType === undefined ? [] : [{ key: SCOPE_TYPE, value: scopeType }]),
  ]);
}
