import { diagnose } from '../../../local/stack/diagnose.ts';
import type { Finding } from '../../../local/stack/finding.ts';
import { EXIT } from '../lib/failure.ts';
import { print, printJson, table } from '../lib/output.ts';
import { checkServices } from './check-services.ts';

export interface DoctorOptions {
  json?: boolean;
}

/** Checks what a start needs, and asks each service that the settings name; each failure has its remedy. The exit code is 0 only when nothing is wrong. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const findings = await diagnose(checkServices);
  const healthy = findings.every((finding) => finding.state !== 'wrong');
  process.exitCode = healthy ? EXIT.ok : EXIT.failure;
  if (options.json) {
    printJson({ healthy, findings });
    return;
  }
  print(table(findings.map(rowOf)));
  for (const { name, remedy } of findings) if (remedy !== null) print(`\n${name}: ${remedy}`);
}

const MARKS: Record<Finding['state'], string> = { fine: 'ok', note: '--', wrong: 'WRONG' };

function rowOf({ name, state, detail }: Finding): string[] {
  return [MARKS[state], name, detail];
}
