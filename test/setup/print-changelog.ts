/* `npm run changelog [title]`: prints the section of CHANGELOG.md for the commits since the last tag. */
import { spawnSync } from 'node:child_process';
import { changelogSection, commitsOf } from './changelog.ts';

const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });

const [title = 'Unreleased'] = process.argv.slice(2);
// Without a tag all commits count.
const lastTag = git('describe', '--tags', '--abbrev=0').stdout.trim();
const log = git('log', '--no-merges', '--format=%s%n%b%x00', ...(lastTag ? [`${lastTag}..HEAD`] : []));
if (log.status === 0) console.log(changelogSection(title, commitsOf(log.stdout)));
else {
  console.error(`git cannot tell the commits: ${log.stderr.trim()}`);
  process.exitCode = 1;
}
