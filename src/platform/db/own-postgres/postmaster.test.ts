import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { disown, isPostmaster, readPostmaster } from './postmaster.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grappe-postmaster-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FILE = (pid: number): string => `${pid}\n/data\n1700000000\n5432\n/data\n\n  12345  0\nready   \n`;

it('reads who runs, and nobody where there is no file', async () => {
  expect(await readPostmaster(folder)).toBeUndefined();
  await writeFile(join(folder, 'postmaster.pid'), FILE(4242));
  expect(await readPostmaster(folder)).toEqual({ pid: 4242, port: 5432, ready: true });
});

it('disowns a process of another program, and keeps the rest of the file', async () => {
  await writeFile(join(folder, 'postmaster.pid'), FILE(1));
  expect(await isPostmaster(1, folder)).toBe(false);
  await disown(folder);
  expect(await readFile(join(folder, 'postmaster.pid'), 'utf8')).toBe(FILE(process.pid));
});

it('has nothing to disown where the server took its file with it', async () => {
  await disown(folder);
  expect(await readdir(folder)).toEqual([]);
});
