import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = process.cwd();
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifests = readdirSync(join(ROOT, 'deploy/kubernetes'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('deploy/kubernetes', name));
const all = ['docker-compose.yml', 'deploy/Dockerfile', ...manifests];

/** What group 1 of a pattern finds in a file, each once. */
const found = (file: string, pattern: RegExp) => [
  ...new Set([...text(file).matchAll(pattern)].map((match) => match[1] as string)),
];
const missing = (paths: string[]) => paths.filter((path) => !existsSync(join(ROOT, path)));

test('every program that a container starts is compiled from a file of this tree', () => {
  const programs = all.flatMap((file) => found(file, /dist\/(\S+?)\.js\b/g));
  expect(programs.length).toBeGreaterThan(4);
  expect(missing(programs.map((program) => `${program}.ts`))).toEqual([]);
});

// Docker makes an empty folder of a mounted file that is not there, and says nothing.
test('every file that the compose file mounts exists', () => {
  const mounted = found('docker-compose.yml', /[\s"]\.\/([^:\s"]+):/g);
  expect(mounted.length).toBeGreaterThan(4);
  expect(missing(mounted)).toEqual([]);
});

test('every setting that the compose file reads stands in env.example', () => {
  const read = found('docker-compose.yml', /\$\{([A-Z_]+)/g);
  const offered = found('deploy/env.example', /^([A-Z_]+)=/gm);
  expect(read.filter((name) => !offered.includes(name))).toEqual([]);
});

test('the image is built from what its context lets in', () => {
  const copied = found('deploy/Dockerfile', /^COPY (?!--from)(.+) \S+$/gm).flatMap((paths) => paths.split(' '));
  const allowed = found('deploy/Dockerfile.dockerignore', /^!(\S+)$/gm);
  expect(copied.length).toBeGreaterThan(4);
  expect(copied.filter((path) => !allowed.includes(path.split('/')[0] as string))).toEqual([]);
  expect(missing(copied)).toEqual([]);
});

test('the image has the console where the API looks for it, beside the compiled files', () => {
  const built = /vite build (\S+) --outDir \/app\/dist\/(\S+)\/dist$/m.exec(text('deploy/Dockerfile'));
  expect(built?.[1]).toMatch(/^src\//);
  expect(built?.[2]).toBe(built?.[1]);
  expect(missing([`${built?.[1]}/index.html`])).toEqual([]);
});
