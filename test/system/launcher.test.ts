// bin/tillcat: finds a Node that can run the program, or says in one sentence that there is none.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
let launcher: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillcat-bin-'));
  launcher = join(folder, 'shop/bin/tillcat');
  mkdirSync(dirname(launcher), { recursive: true });
  mkdirSync(join(folder, 'shop/node_modules'));
  copyFileSync(join(import.meta.dirname, '../../bin/tillcat'), launcher);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers --version, and otherwise tells its arguments, its process and where it keeps compiled code. */
function putNode(path: string, version: string) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh
[ "$1" = --version ] && { echo "${version}"; exit; }
echo "${version}|$*|$$|\${NODE_COMPILE_CACHE-none}"
`,
  );
  chmodSync(file, 0o755);
}

function run(options: { args?: string[]; env?: Record<string, string>; by?: string } = {}) {
  const env = { PATH: `${join(folder, 'path')}:/usr/bin:/bin`, ...options.env };
  const { status, stdout, stderr, pid } = spawnSync(options.by ?? launcher, options.args ?? [], {
    env,
    encoding: 'utf8',
  });
  const [version, args, process, cache] = stdout.trim().split('|');
  return { status, stdout, stderr, pid, version, args, process, cache };
}

const main = () => join(folder, 'shop/src/main.ts');

test('the Node that npm brought is taken before any other, and becomes the one process', () => {
  putNode('shop/node_modules/.bin/node', 'v24.21.0');
  putNode('path/node', 'v26.0.0');
  const ran = run({ args: ['coupon', 'show', 'two words', ''] });
  expect(ran.version).toBe('v24.21.0');
  expect(ran.args).toBe(`--optimize-for-size --disable-warning=ExperimentalWarning ${main()} coupon show two words `);
  expect(ran.process).toBe(String(ran.pid));
});

test('it is found through links, relative ones too', () => {
  putNode('shop/node_modules/.bin/node', 'v24.21.0');
  mkdirSync(join(folder, 'usr/bin'), { recursive: true });
  symlinkSync('../../shop/bin/tillcat', join(folder, 'usr/bin/tillcat'));
  symlinkSync(join(folder, 'usr/bin/tillcat'), join(folder, 'cat'));
  expect(run({ by: join(folder, 'cat') }).args).toContain(main());
});

test.each(['v22.18.0', 'v22.22.1', 'v23.6.0', 'v24.0.0', 'v26.10.0'])('Node %s on the PATH will do', (version) => {
  putNode('path/node', version);
  expect(run()).toMatchObject({ version, status: 0 });
});

test.each(['v18.20.8', 'v20.20.2', 'v22.14.0', 'v22.17.9', 'v23.5.0', 'gibberish', ''])(
  'Node %j on the PATH is refused in one sentence',
  (version) => {
    putNode('path/node', version);
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^tillcat: needs Node 22\.18 or newer, and found .*; run npm ci in .*\n$/);
    expect(stderr).toContain(version.replace('v', ''));
  },
);

test('no Node at all is refused in the same sentence', () => {
  mkdirSync(join(folder, 'tools'));
  for (const tool of ['dirname', 'readlink', 'mkdir', 'sh']) {
    const place = ['/usr/bin', '/bin'].map((bin) => join(bin, tool)).find((file) => existsSync(file));
    if (place !== undefined) symlinkSync(place, join(folder, 'tools', tool));
  }
  const { status, stderr } = run({ env: { PATH: join(folder, 'tools') } });
  expect(status).toBe(1);
  expect(stderr).toContain('needs Node 22.18 or newer, and found none');
});

test.each([
  ['without packages', () => rmSync(join(folder, 'shop/node_modules'), { recursive: true })],
  ['with a Node of its own', () => putNode('path/node', 'v24.21.0')],
  ['with no Node that would do', () => putNode('path/node', 'v20.19.2')],
])('a 32-bit system %s is refused in one sentence', (_, prepare) => {
  prepare();
  mkdirSync(join(folder, 'path'), { recursive: true });
  writeFileSync(join(folder, 'path/getconf'), '#!/bin/sh\n[ "$1" = LONG_BIT ] && echo 32\n', { mode: 0o755 });
  expect(run()).toMatchObject({
    status: 1,
    stdout: '',
    stderr:
      'tillcat: this system is 32-bit and TillCAT needs a 64-bit one; put the 64-bit Raspberry Pi OS or Debian on this machine\n',
  });
});

test('packages that are not installed are said as such', () => {
  rmSync(join(folder, 'shop/node_modules'), { recursive: true });
  putNode('path/node', 'v24.21.0');
  expect(run()).toMatchObject({
    status: 1,
    stderr: `tillcat: the packages are not installed; run npm ci in ${join(folder, 'shop')}\n`,
  });
});

test('compiled code is kept where there is a place for it', () => {
  putNode('path/node', 'v24.21.0');
  const home = join(folder, 'home');
  mkdirSync(home);
  expect(run({ env: { HOME: home } }).cache).toBe(join(home, '.cache/tillcat/compiled'));
  expect(run({ env: { HOME: home, CACHE_DIRECTORY: folder } }).cache).toBe(join(folder, 'tillcat/compiled'));
  expect(run({ env: { HOME: home, NODE_COMPILE_CACHE: '' } }).cache).toBe('');
  expect(run().cache).toBe('none');
  expect(run({ env: { HOME: '/proc/nowhere' } })).toMatchObject({ cache: 'none', status: 0 });
});
