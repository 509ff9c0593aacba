import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECTS } from '../../../jest.config.ts';

const TEST = join(process.cwd(), 'test');
/** Folders of test/ without tests of their own: what tests share, and programs for people. */
const WITHOUT_TESTS = ['support', 'tools'];
const tests = readdirSync(TEST, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.test\.[cm]?[jt]sx?$/.test(file),
);
const projectsOf = (file: string) =>
  Object.entries(PROJECTS).flatMap(([name, folders]) =>
    folders.filter((folder) => file.startsWith(`${folder}/`) && file.endsWith('.test.ts')).map(() => name),
  );

test('every test is run by exactly one project', () => {
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter((file) => projectsOf(file).length !== 1)).toEqual([]);
});

test('every folder of test/ belongs to a project, or is known to have no tests', () => {
  const known: string[] = [...Object.values(PROJECTS).flat(), ...WITHOUT_TESTS];
  expect(readdirSync(TEST).filter((name) => !known.includes(name))).toEqual([]);
});

test('a test stands nowhere but in test/', () => {
  const elsewhere = ['src', 'workflows', 'activities', 'deploy', 'docs'].flatMap((folder) =>
    readdirSync(join(process.cwd(), folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.includes('.test.'),
    ),
  );
  expect(elsewhere).toEqual([]);
});
