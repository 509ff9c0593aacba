import type { Connection } from 'mongoose';
import type { Clock } from '../../../ports/clock.ts';
import type { ProviderDirectory, PublishedProvider } from '../../../ports/provider-directory.ts';
import type { StoredWorker } from '../collections/access-documents.ts';
import { COLLECTIONS } from '../collections/table.ts';
import { openCollection } from '../lib/collection.ts';

const KEPT_MS = 60_000;
/** The clocks of workers and of the API may differ by this much. */
const CLOCK_GRACE_MS = 5 * 60_000;
const CACHED_MS = 1_000;

export function providerDirectory(connection: Connection, clock: Clock): ProviderDirectory {
  const workers = openCollection(connection, COLLECTIONS.workers);
  let known: { at: number; providers: Promise<PublishedProvider[]> } | null = null;

  async function read(): Promise<PublishedProvider[]> {
    const since = clock.now().getTime() - CLOCK_GRACE_MS;
    const all = (await workers.list({}, {})).filter(({ expireAt }) => expireAt.getTime() > since);
    const staying = all.filter(({ leaving }) => !leaving);
    return combine(staying.length > 0 ? staying : all);
  }

  return {
    async publish(worker, providers) {
      const now = clock.now().getTime();
      const expireAt = new Date(now + KEPT_MS);
      await workers.upsert(worker, { $set: { providers: [...providers], leaving: false, expireAt } });
      // A server without expiry keeps what workers of other days have said.
      await workers.remove({ expireAt: { $lte: new Date(now - CLOCK_GRACE_MS) } });
    },
    async withdraw(worker) {
      await workers.update(worker, { $set: { leaving: true } });
    },
    list() {
      const now = clock.now().getTime();
      if (known !== null && now - known.at < CACHED_MS) return known.providers;
      const reading = { at: now, providers: read() };
      known = reading;
      const forget = () => {
        if (known === reading) known = null;
      };
      // A worker that is just coming up must not be missed for a second.
      reading.providers.then((found) => found.length === 0 && forget(), forget);
      return reading.providers;
    },
  };
}

/** What any of the workers can do. Where two differ in a window, the smaller one holds: either may get the question. */
function combine(workers: readonly StoredWorker[]): PublishedProvider[] {
  const latest = workers.toSorted((a, b) => b.expireAt.getTime() - a.expireAt.getTime());
  const byProvider = new Map<string, PublishedProvider>();
  for (const each of latest.flatMap(({ providers }) => providers)) {
    const known = byProvider.get(each.provider);
    if (known === undefined) byProvider.set(each.provider, each);
    else known.contextTokens = Math.min(known.contextTokens, each.contextTokens);
  }
  const preferred = latest[0]?.providers.find(({ isDefault }) => isDefault)?.provider;
  return [...byProvider.values()]
    .map((each) => ({ ...each, isDefault: each.provider === preferred }))
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
}
