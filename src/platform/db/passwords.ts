import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * The password of one of the program's roles, worked out from a secret that only the operator has (the password in
 * DATABASE_URL, or that of the own server's superuser): every program with the same secret finds the same one, and
 * nothing needs storing.
 */
export const derivePassword = (secret: string, role: string): string =>
  createHmac('sha256', secret).update(`grappe role ${role}`).digest('hex');

const ITERATIONS = 4096;

/**
 * What PostgreSQL stores for a password (SCRAM-SHA-256, RFC 5803): `alter role ... password` takes it instead of the
 * password, which so never stands in a statement or a server's log.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const sign = (text: string): Buffer => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(sign('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${sign('Server Key').toString('base64')}`;
}
