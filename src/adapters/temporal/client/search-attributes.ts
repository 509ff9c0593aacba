import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { LAST_OUTCOME } from '../../../../workflows/contract.ts';
import type { Owned, Tenant } from '../../../domain/access/tenant.ts';
import type { SessionScopeType } from '../../../domain/ask/scope.ts';
import type { NewSession } from '../../../domain/ask/session.ts';
import type { EraseTarget } from '../../../domain/library/erase-target.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');
const PROJECT = keyword('AskProject');
const MODE = keyword('AskMode');
const END_USER = keyword('AskEndUser');
const SCOPE_TYPE = keyword('AskScopeType');

/** Of a session's run, which keeps what its last turn came to up to date. */
export function sessionAttributesOf(session: NewSession): TypedSearchAttributes {
  return searchAttributesOf(session, session.scope.type).updateCopy([{ key: LAST_OUTCOME, value: 'none' }]);
}

/** Of an erasure, which says `failed` while it is overdue. */
export function erasureAttributesOf({ projectId, mode }: Tenant, target: EraseTarget): TypedSearchAttributes {
  const endUserId = target.type === 'end_user' ? target.id : target.type === 'recording' ? target.endUserId : null;
  return new TypedSearchAttributes([
    { key: PROJECT, value: projectId },
    { key: MODE, value: mode },
    ...(endUserId === null ? [] : [{ key: END_USER, value: endUserId }]),
    { key: LAST_OUTCOME, value: 'none' },
  ]);
}

/** What operators filter runs by. Ids only: search attributes are never encrypted. */
export function searchAttributesOf(owner: Owned, scopeType?: SessionScopeType): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: PROJECT, value: owner.projectId },
    { key: MODE, value: owner.mode },
    { key: END_USER, value: owner.endUserId },
    ...(scopeType === undefined ? [] : [{ key: SCOPE_TYPE, value: scopeType }]),
  ]);
}
