import { createHash, randomBytes } from 'node:crypto';
import { type Id, isId } from '../kernel/ids.ts';

/** A secret of 256 bits that names its cluster, so that it can be looked up inside it. */
export const newSecret = (cluster: Id): string => `${cluster}.${randomBytes(32).toString('base64url')}`;

/** The cluster a secret belongs to; null when it is not one of ours. */
export function clusterOfSecret(secret: string): Id | null {
  const [cluster, rest] = secret.split('.');
  return isId(cluster) && rest !== undefined && /^[\w-]{43}$/.test(rest) ? cluster : null;
}

/** What is stored of a secret: SHA-256 is enough for 256 random bits. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
