import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { z } from 'zod';

const text = (file: string) => readFileSync(join(process.cwd(), file), 'utf8');
const engines = z.object({ node: z.string().optional() }).optional();
const { packages } = z
  .object({ packages: z.record(z.string(), z.object({ engines, optional: z.boolean().optional() })) })
  .parse(JSON.parse(text('package-lock.json')));

/** Which Node `npm ci` may run on. Scripts run on the Node 24 that `npm ci` installs. */
const supported = z.object({ engines: z.object({ node: z.string() }) }).parse(JSON.parse(text('package.json')))
  .engines.node;
const oldest = semver.minVersion(supported)?.version ?? 'none';

test('no package warns about the oldest Node that package.json allows', () => {
  // npm checks no optional package: most of them are binaries for other platforms.
  const warning = Object.entries(packages).filter(
    ([, { engines, optional }]) => !optional && engines?.node && !semver.satisfies(oldest, engines.node),
  );
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(warning.map(([path, { engines }]) => `${path} needs ${engines?.node}`)).toEqual([]);
});

test('README and .nvmrc name a Node that package.json allows', () => {
  const named = /Node (\d+\.\d+)/.exec(text('README.md'))?.[1];
  expect(`${named}.0`).toBe(oldest);
  expect(semver.satisfies(`${text('.nvmrc').trim()}.0.0`, supported)).toBe(true);
});
