import type { Config } from 'jest';

/** Which folders of test/ each project runs. A test that stands elsewhere fails `test/unit/architecture/test-projects.test.ts`. */
export const PROJECTS = {
  /** Pure functions and the rules of the tree: seconds. */
  unit: ['unit'],
  /** Parts with no database and no Temporal, over real protocols where there is one: about a minute. */
  component: ['component', 'replay'],
  /** The service on real servers. */
  stack: ['stack', 'chaos', 'races'],
} as const;

type Project = keyof typeof PROJECTS;

const typescript = {
  jsc: {
    parser: { syntax: 'typescript' },
    target: 'es2024',
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
};

const project = (name: Project) => ({
  displayName: name,
  testMatch: PROJECTS[name].map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  transform: { '^.+\\.ts$': ['@swc/jest', typescript] as [string, Record<string, unknown>] },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
});

export default {
  testTimeout: 30_000,
  // Modules that a test file imports stay in the process for good, about 10 MiB a file. One process for all files runs out of heap,
  // so files run in a process of their own that starts anew when it holds more than this.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('unit'),
    project('component'),
    {
      ...project('stack'),
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
} satisfies Config;
