import type { ApiClient } from '../../sdk/api-client.ts';
import type { EndUser, Recording, Scope } from '../../sdk/wire-types.ts';
import { suggestedQuestions } from '../state/ask/suggested-questions.ts';
import { useConsole } from '../state/console.ts';
import { links } from '../state/lib/hash-router.ts';
import { useLoad } from '../state/lib/use-load.ts';

/** How many segments are looked at for who speaks. */
const LOOKED_AT = 40;

/** First questions about a scope; none until its recordings are known. */
export function useSuggestions(scope: Scope): string[] {
  const { api, endUser } = useConsole();
  const { data } = useLoad(`suggestions ${links.new(scope)} ${endUser?.id}`, async () => {
    const recordings = (await recordingsOf(api, scope, endUser)).filter(({ status }) => status === 'completed');
    const [only, another] = recordings;
    const speakers = only === undefined || another !== undefined ? [] : await speakersOf(api, only);
    return suggestedQuestions(recordings, speakers);
  });
  return data ?? [];
}

async function recordingsOf(api: ApiClient, scope: Scope, endUser: EndUser | null): Promise<Recording[]> {
  if (scope.type === 'recording') return [await api.recording(scope.recording_id)];
  if (scope.type === 'selected') return Promise.all(scope.recording_ids.slice(0, 2).map((id) => api.recording(id)));
  const whose = endUser === null ? '' : `&end_user_id=${endUser.id}`;
  return (await api.recordings(`limit=2&status=completed&order=recorded_at${whose}`)).data;
}

async function speakersOf(api: ApiClient, { transcription_id }: Recording): Promise<string[]> {
  if (transcription_id === null) return [];
  const { segments } = await api.transcription(transcription_id, `limit=${LOOKED_AT}`);
  return [...new Set(segments.flatMap(({ speaker }) => speaker ?? []))];
}
