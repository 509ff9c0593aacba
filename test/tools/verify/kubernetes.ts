/**
 * Builds the overlays of `deploy/kubernetes` and checks what comes out as an API server would: against the schemas of
 * Kubernetes and of KEDA, where a field that they do not know is an error. It needs Go, which brings the programs.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The earliest version that takes these files: it has `preStop.sleep`. */
const KUBERNETES = '1.30';
const KUSTOMIZE = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';
const VALIDATE = 'sigs.k8s.io/kubectl-validate@v0.0.4';
const KEDA = 'github.com/kedacore/keda/v2@v2.17.2';

const directory = mkdtempSync(join(tmpdir(), 'ask-kubernetes-'));
try {
  const built = ['base', 'keda'].map((overlay) => {
    const file = join(directory, `${overlay}.yaml`);
    writeFileSync(file, go('run', KUSTOMIZE, 'build', `deploy/kubernetes/${overlay}`));
    return file;
  });
  const { Dir: keda } = z.object({ Dir: z.string() }).parse(JSON.parse(go('mod', 'download', '-json', KEDA)));
  const schemas = ['--version', KUBERNETES, '--local-crds', join(keda, 'config/crd/bases')];
  process.stdout.write(go('run', VALIDATE, ...built, ...schemas));
} finally {
  rmSync(directory, { recursive: true });
}

function go(...args: string[]): string {
  return execFileSync('go', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
