import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';

/** 122 random bits. Node draws them in bulk, which is much cheaper than asking for each. */
export const randomId = (): string => randomUUID();

export const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Hashes a token for storage. Tokens are random, so they need neither salt nor a slow hash. */
export const hashToken = (token: string): string => digest(token).toString('base64url');

/** Compares in constant time, which hides how much of the token was right. */
export function tokenMatches(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hash));
}
