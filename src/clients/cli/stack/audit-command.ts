import { Client } from '@temporalio/client';
import { auditedDatabase, storedIds } from '../../../adapters/mongo/audit/audited-database.ts';
import { connectMongo, openIndexStates } from '../../../adapters/mongo/index.ts';
import { auditedIndex } from '../../../adapters/pinecone/audited-index.ts';
import { initialIndex } from '../../../adapters/pinecone/index.ts';
import { auditedRuns, openRuns } from '../../../adapters/temporal/audited-runs.ts';
import { lazyConnection } from '../../../adapters/temporal/client/connection.ts';
import { dataConverterFor } from '../../../adapters/temporal/payloads/data-converter.ts';
import { systemClock } from '../../../runtime/clock-and-ids.ts';
import type { Config } from '../../../runtime/config.ts';
import { loadConfig } from '../../../runtime/config.ts';
import { type AuditReport, runAudit } from '../../../use-cases/run-audit.ts';
import { CliError, EXIT } from '../lib/failure.ts';
import { findMongo, findSandbox, findTemporal } from '../lib/find-service.ts';
import { print, printJson, table } from '../lib/output.ts';

export interface AuditOptions {
  json?: true;
  repair?: true;
}

/** Reads every collection, the index and Temporal. The exit code is 0 only when nothing is wrong that was not repaired. */
export async function auditCommand({ json, repair }: AuditOptions): Promise<void> {
  const report = await auditOf(loadConfig(), repair === true);
  const left = report.findings.filter((finding) => !report.repaired.includes(finding));
  process.exitCode = left.length === 0 ? EXIT.ok : EXIT.failure;
  if (json) return printJson(report);
  if (report.findings.length > 0)
    print(table(report.findings.map((each) => rowOf(each, report.repaired.includes(each)))));
  print(`${report.findings.length} findings, ${report.repaired.length} repaired`);
}

/** The audit of the service that these settings name. */
export async function auditOf(config: Config, repair: boolean): Promise<AuditReport> {
  const [address, sandbox] = await Promise.all([findTemporal(config), findSandbox(config)]);
  if (address === null) throw new CliError('No Temporal is known here. Start the stack, or set TEMPORAL_ADDRESS.');
  const mongo = await connectMongo(await findMongo(config), { appName: 'ask-audit' });
  const connection = await lazyConnection({ ...config, TEMPORAL_ADDRESS: address });
  try {
    const client = new Client({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      dataConverter: dataConverterFor(config),
    });
    const known = storedIds(mongo);
    const settings = { ...config, ...(sandbox !== null && { SANDBOX_URL: sandbox }) };
    const places = [
      auditedDatabase(mongo, openRuns(client)),
      auditedIndex(settings, known, openIndexStates(mongo, systemClock, initialIndex(settings))),
      auditedRuns(client, config.TEMPORAL_TASK_QUEUE, known),
    ];
    return await runAudit(places, { repair });
  } finally {
    await connection.close();
    await mongo.close();
  }
}

function rowOf({ place, id, kind, says }: AuditReport['findings'][number], repaired: boolean): string[] {
  return [repaired ? 'repaired' : kind, place, id, says];
}
