import type { RoomAccess } from '../protocol/index.ts';
import type { Identity } from './session.ts';

/** With a snapshot of the largest content a join stays under the limit of a frame (LIM-4). */
const ACCESS_BYTES = 24 * 1024;

/** What a join gives back (PROOF-2): all of it, or as much as fits the frame, the proof of the host first. */
export function accessForJoin(access: RoomAccess): RoomAccess {
  const { guards: _, ...withoutGuards } = access;
  return (
    [access, withoutGuards].find((each) => bytesOf(each) <= ACCESS_BYTES) ?? withoutBarred(withoutGuards)
  );
}

function withoutBarred(access: RoomAccess): RoomAccess {
  const { barred: _, ...rest } = access;
  return rest;
}

/** A member that is host no more has nothing to prove: the server sends the secret to the next host (PROOF-3). */
export function accessUnder({ me, access }: Identity, hostUserId: string | undefined): RoomAccess | null {
  return hostUserId === undefined || hostUserId === me.userId ? access : null;
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
