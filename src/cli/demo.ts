import { PEOPLE } from '../../demo/cluster/index.ts';

/** `grappe demo accounts`: the fictive accounts of the demonstration as JSON, the names of the sign-in page first. */
export async function run(args: string[]): Promise<number> {
  if (args[0] !== 'accounts' || args.length !== 1) {
    process.stderr.write('Usage: grappe demo accounts\n');
    return 2;
  }
  const accounts = PEOPLE.filter((person) => person.account !== null).map((person) => ({
    account: person.account,
    name: person.name,
    email: person.email,
    roles: person.roles.map((held) => ({ role: held.role, company: held.company })),
  }));
  process.stdout.write(`${JSON.stringify(accounts, null, 2)}\n`);
  return 0;
}
