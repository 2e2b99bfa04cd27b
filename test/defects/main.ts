import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DEFECTS, type Defect } from './list.ts';

/**
 * Puts one defect after the other into a copy of the working tree, and runs the tests that have to notice it. Ends with 1 if one
 * was not noticed. `npm run defects -- WORD` takes those with that word in their description.
 */
const word = process.argv[2] ?? '';
const root = mkdtempSync(join(tmpdir(), 'streamsync-defects-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
for (const file of files.split('\n').filter((each) => /^(src|test|entrypoints)\/|^[^/]+$/.test(each))) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  cpSync(file, join(root, file), { recursive: true, force: true });
}
symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
symlinkSync(join(process.cwd(), '.wxt'), join(root, '.wxt'));

/** Whether the tests fail; throws where they have to end with that status and do not. */
function run(tests: readonly string[], wanted?: number): boolean {
  const { status, stdout } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', ...tests], {
    cwd: root,
  });
  if (wanted !== undefined && status !== wanted) throw new Error(String(stdout));
  return status !== 0;
}

function notices({ file, from, to, tests }: Defect): boolean {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`);
  writeFileSync(
    path,
    before.replace(from, () => to),
  );
  const noticed = run(tests);
  writeFileSync(path, before);
  return noticed;
}

// Tests that fail without a defect would notice anything.
run([...new Set(DEFECTS.flatMap(({ tests }) => tests))], 0);

let missed = 0;
for (const defect of DEFECTS.filter(({ what }) => what.includes(word))) {
  const noticed = notices(defect);
  if (!noticed) missed += 1;
  console.log(JSON.stringify({ noticed, file: defect.file, defect: defect.what }));
}
console.log(`${DEFECTS.length} defects, ${missed} not noticed`);
process.exitCode = missed === 0 ? 0 : 1;
