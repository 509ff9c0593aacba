import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { isQuestion, type Message } from '../../../domain/ask/message.ts';
import type { Session } from '../../../domain/ask/session.ts';
import type { RecordingId, SessionId } from '../../../domain/shared/ids.ts';
import { loadSession } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentMessage } from '../presenters/present-message.ts';
import { presentSession } from '../presenters/present-session.ts';
import { type CitedRecording, citedRecordings, headMarkdown, messageMarkdown } from '../presenters/session-markdown.ts';
import type { exportSession as exportQuery } from '../schemas/ask-schemas.ts';

type ExportCall = Call<{ params: { session_id: SessionId }; query: z.output<typeof exportQuery> }>;

const FORMATS = {
  json: { write: asJson, type: 'application/json', extension: 'json' },
  markdown: { write: asMarkdown, type: 'text/markdown; charset=utf-8', extension: 'md' },
} as const;
/** Messages that are read at a time, so that a long session needs no more memory than a short one. */
const PAGE = 100;

/** A session as a file, written while it is read. */
export async function exportSession({ tenant, params, query }: ExportCall, deps: Dependencies) {
  const session = await loadSession(deps, tenant, params.session_id);
  const { write, type, extension } = FORMATS[query.format];
  const headers = {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${session.id}.${extension}"`,
  };
  return { ...ok(Readable.from(write(deps, tenant, session))), headers };
}

async function* asJson(deps: Dependencies, tenant: Tenant, session: Session): AsyncGenerator<string> {
  yield `{"session":${JSON.stringify(presentSession(session))},"messages":[`;
  let separator = '';
  for await (const messages of pagesOf(deps, tenant, session.id)) {
    const turns = await deps.sessions.latestTurns(tenant, session.id, messages.filter(isQuestion));
    for (const message of messages) {
      yield separator + JSON.stringify(presentMessage(message, turns));
      separator = ',';
    }
  }
  yield ']}';
}

async function* asMarkdown(deps: Dependencies, tenant: Tenant, session: Session): AsyncGenerator<string> {
  const cited = new Map<RecordingId, CitedRecording>();
  yield headMarkdown(session);
  for await (const messages of pagesOf(deps, tenant, session.id))
    for (const message of messages) {
      for (const id of citedRecordings(message)) {
        if (!cited.has(id)) cited.set(id, await citedRecording(deps, tenant, id));
      }
      yield messageMarkdown(message, cited);
    }
}

/** What a recording still has: its name, and who spoke when. */
async function citedRecording(deps: Dependencies, tenant: Tenant, id: RecordingId): Promise<CitedRecording> {
  const recording = await deps.recordings.find(tenant, id);
  const { transcriptionId = null, name = null } = recording ?? {};
  const segments = transcriptionId === null ? [] : await deps.transcripts.segments(tenant, transcriptionId);
  return { name, speakers: new Map(segments.map(({ startMs, speaker }) => [startMs, speaker])) };
}

async function* pagesOf(deps: Dependencies, tenant: Tenant, id: SessionId): AsyncGenerator<Message[]> {
  let after: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof deps.sessions.listMessages>> = await deps.sessions.listMessages(tenant, id, {
      limit: PAGE,
      after,
    });
    yield page.items;
    after = page.next;
  } while (after !== null);
}
