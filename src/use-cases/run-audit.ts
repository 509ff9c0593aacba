import type { Audited, Finding } from '../ports/audit.ts';

export interface AuditReport {
  findings: Finding[];
  /** Those that were removed. */
  repaired: Finding[];
}

/**
 * Lists whatever is unowned, unreachable, unfinished, or names something that is gone, in every place. What is under way at
 * this moment may show; run it again then.
 * @param repair removes what a tombstone covers, and nothing else
 */
export async function runAudit(places: readonly Audited[], { repair }: { repair: boolean }): Promise<AuditReport> {
  const report: AuditReport = { findings: [], repaired: [] };
  for (const place of places) {
    for (const finding of await place.inspect()) {
      report.findings.push(finding);
      if (!repair || !finding.covered) continue;
      await place.remove(finding);
      report.repaired.push(finding);
    }
  }
  return report;
}
