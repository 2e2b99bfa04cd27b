import { encode, type Cap, type ServerMessage } from '../../protocol/index.ts';
import type { Member, Room } from './room.ts';

type Make = () => ServerMessage;

interface Audience {
  /** What members with this cap are told differs from what the others are told. */
  cap: Cap;
  capped?: Make;
  plain?: Make;
  except?: Member;
}

/** Sends to every connected member what is meant for it. Each variant is encoded once, not once per receiver. */
export function tell(room: Room, { cap, capped, plain, except }: Audience): void {
  const cappedText = once(capped);
  const plainText = once(plain);
  for (const member of room.members.values()) {
    if (member === except || !member.session) continue;
    const text = member.caps.has(cap) ? cappedText() : plainText();
    if (text !== undefined) member.session.send(text);
  }
}

/** Sends the same to every connected member. */
export function tellAll(room: Room, message: ServerMessage, except?: Member): void {
  const text = encode(message);
  for (const member of room.members.values()) {
    if (member !== except) member.session?.send(text);
  }
}

export function tellOne(member: Member, message: ServerMessage): void {
  member.session?.send(encode(message));
}

function once(make: Make | undefined): () => string | undefined {
  let text: string | undefined;
  return () => (text ??= make && encode(make()));
}
