import { z } from 'zod';

const stats = z.object({ namespaces: z.record(z.string(), z.object({ vectorCount: z.number() })) });

/** How many passages an index holds in the namespaces whose names are wanted. @param url of the index */
export async function heldPassages(url: string, isWanted: (namespace: string) => boolean): Promise<number> {
  const reply = await fetch(`${url}/describe_index_stats`, { method: 'POST', headers: { 'Api-Key': 'any' } });
  const { namespaces } = stats.parse(await reply.json());
  const wanted = Object.entries(namespaces).filter(([name]) => isWanted(name));
  return wanted.reduce((sum, [, { vectorCount }]) => sum + vectorCount, 0);
}
