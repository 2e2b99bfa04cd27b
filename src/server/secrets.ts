import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 128 random bits, safe in URLs. */
export const randomId = (): string => randomBytes(16).toString('base64url');

/** What is kept of a token. A token has 128 random bits, so it needs neither salt nor a slow hash. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares in a time that tells nothing about how much of the token was right. */
export function tokenMatches(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(hash));
}
