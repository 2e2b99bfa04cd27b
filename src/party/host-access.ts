import type { RoomAccess } from '../protocol/index.ts';
import type { Session } from './session.ts';

/** With a snapshot of the largest content a join stays under the limit of a frame (LIM-4). */
const ACCESS_BYTES = 24 * 1024;

/** What a join gives back (PROOF-2): all of it, or what fits the frame, the proof of the host before all. */
export function accessToShow(access: RoomAccess): RoomAccess {
  const { hostSecret, locked, barred } = access;
  const least = { hostSecret, ...(locked !== undefined && { locked }) };
  const withoutGuards = { ...least, ...(barred && { barred }) };
  return [access, withoutGuards].find((each) => bytesOf(each) <= ACCESS_BYTES) ?? least;
}

/** Who is not the host any more has nothing to prove: the next host has been told the secret (PROOF-3). */
export function accessUnder(session: Session, hostUserId: string | undefined): RoomAccess | null {
  return hostUserId === undefined || hostUserId === session.me.userId ? session.access : null;
}

/** As JSON in UTF-8. */
function bytesOf(value: unknown): number {
  let bytes = 0;
  for (const char of JSON.stringify(value)) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
