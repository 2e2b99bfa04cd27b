import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rulesVersion } from '../../modules/sites/rules-version.ts';
import { RULES_VERSION } from '../../src/sites/rules-version.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
  await mkdir(join(folder, 'vimeo'));
  await write("hosts: ['vimeo.com'],\n");
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFile(join(folder, 'vimeo', 'rule.ts'), text);

it('the rules of this project have a version of eight hex digits', () => {
  expect(rulesVersion('src/sites')).toMatch(/^[\da-f]{8}$/);
});

it('another rule gives another version, and the same rule the same', async () => {
  const before = rulesVersion(folder);
  await write("hosts: ['vimeo.com', 'www.vimeo.com'],\n");
  expect(rulesVersion(folder)).not.toBe(before);
  await write("hosts: ['vimeo.com'],\n");
  expect(rulesVersion(folder)).toBe(before);
});

it('a rule in another folder is another rule', async () => {
  const before = rulesVersion(folder);
  await writeFile(join(folder, 'rule.ts'), '');
  expect(rulesVersion(folder)).not.toBe(before);
});

it('the kind of line end does not count', async () => {
  const before = rulesVersion(folder);
  await write("hosts: ['vimeo.com'],\r\n");
  expect(rulesVersion(folder)).toBe(before);
});

it('a unit test sees a constant, so that no change of a rule breaks it', () => {
  expect(RULES_VERSION).toBe('test');
});
