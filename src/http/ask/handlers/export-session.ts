import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Tenant } from '../../../domain/access/tenant.ts';
import { isQuestion, type Message } from '../../../domain/ask/message.ts';
import type { Session } from '../../../domain/ask/session.ts';
import type { RecordingId, SessionId } from '../../../domain/shared/ids.ts';
import { speakerAt } from '../../../use-cases/library/read-segments.ts';
import { loadSession } from '../../../use-cases/load-visible.ts';
import type { Dependencies } from '../../kernel/lib/dependencies.ts';
import { ok } from '../../kernel/lib/http-reply.ts';
import type { Call } from '../../kernel/lib/route.ts';
import { presentMessage } from '../presenters/present-message.ts';
import { presentSession } from '../presenters/present-session.ts';
import { citationsOf, headMarkdown, messageMarkdown } from '../presenters/session-markdown.ts';
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
  const cited = new Map<RecordingId, LoadedRecording>();
  yield headMarkdown(session);
  for await (const messages of pagesOf(deps, tenant, session.id))
    for (const message of messages) {
      for (const { recordingId, startMs } of citationsOf(message)) {
        const recording = cited.get(recordingId) ?? (await loadCited(deps, tenant, recordingId));
        cited.set(recordingId, recording);
        if (!recording.speakers.has(startMs)) recording.speakers.set(startMs, await recording.speakerAt(startMs));
      }
      yield messageMarkdown(message, cited);
    }
}

type LoadedRecording = Awaited<ReturnType<typeof loadCited>>;

/** What a recording still has: its name, and who speaks at the moments that were asked for. */
async function loadCited(deps: Dependencies, tenant: Tenant, id: RecordingId) {
  const { transcriptionId = null, name = null } = (await deps.recordings.find(tenant, id)) ?? {};
  return {
    name,
    speakers: new Map<number, string | null>(),
    speakerAt: async (startMs: number) =>
      transcriptionId && speakerAt(deps.transcripts, tenant, transcriptionId, startMs),
  };
}

async function* pagesOf(deps: Dependencies, tenant: Tenant, id: SessionId): AsyncGenerator<Message[]> {
  let after: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof deps.pageReader.listMessages>> = await deps.pageReader.listMessages(
      tenant,
      id,
      {
        limit: PAGE,
        after,
      },
    );
    yield page.items;
    after = page.next;
  } while (after !== null);
}
