import { type Cluster, startCluster } from '../../chaos/cluster.ts';
import { runAsk } from '../../support/run-ask.ts';
import { type PostgreSql, preparePostgreSql } from './postgresql.ts';
import { locateTemporalPostgres, temporalPostgresService } from './temporal-postgres.ts';

/** The production shape as processes: `postgresql`, `temporal` on it, `mongodb`, `api-0`, `api-1`, `worker-0`, `worker-1`. */
export interface Topology extends Cluster {
  postgres: PostgreSql;
}

/** Few, and more than one: a machine of this size has no use for the hundreds of production. */
export const SHARDS = 4;
/** What it is made of beside its servers. */
export const ROLES = { apis: [{}, {}], workers: [{}, {}] };

/** @param bin where PostgreSQL's programs are */
export async function startTopology(
  bin: string,
  { shards = SHARDS, settings = {} }: { shards?: number; settings?: Record<string, string> } = {},
): Promise<Topology> {
  const executable = await locateTemporalPostgres();
  const made: { postgres?: PostgreSql } = {};
  const cluster = await startCluster({
    ...ROLES,
    settings,
    temporal: async (frontend, state) => {
      const postgres = await preparePostgreSql(bin, state);
      made.postgres = postgres;
      const options = { postgres: postgres.port, frontend, shards };
      return [postgres.service, await temporalPostgresService(executable, options, state)];
    },
    setUp: async (environment) => {
      const { code, stderr } = await runAsk(['temporal', 'setup'], environment);
      if (code !== 0) throw new Error(`ask temporal setup: ${stderr}`);
    },
  });
  if (made.postgres === undefined) throw new Error('the cluster has no PostgreSQL');
  return { ...cluster, postgres: made.postgres };
}
