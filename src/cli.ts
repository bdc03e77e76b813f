import './runtime.ts';

/** The `grappe` command: each subcommand is one module of `cli/` with `run(args) -> exit code`. */
const COMMANDS = {
  solve: () => import('./cli/solve.ts'),
  share: () => import('./cli/share.ts'),
  check: () => import('./cli/check.ts'),
  demo: () => import('./cli/demo.ts'),
} satisfies Record<string, () => Promise<{ run: (args: string[]) => Promise<number> }>>;

const [name = '', ...args] = process.argv.slice(2);
const load = COMMANDS[name as keyof typeof COMMANDS];
if (!load) {
  process.stderr.write(`Usage: grappe ${Object.keys(COMMANDS).join('|')} ...\n`);
  process.exit(2);
}
process.exitCode = await (await load()).run(args);
