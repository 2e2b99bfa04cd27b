import { encode, type Cap, type ServerMessage } from '../../protocol/index.ts';
import type { SendOptions } from '../ports.ts';
import type { Member, Room } from './room.ts';

type Make = () => ServerMessage;

interface Audience {
  /** Names a state of which only the newest matters (LIM-14). */
  replaces?: string;
  /** Members with this cap get `capped`, the others `plain`. */
  cap: Cap;
  capped?: Make;
  plain?: Make;
  except?: Member;
}

/** Sends one of two messages to every connected member. */
export function broadcast(room: Room, { cap, capped, plain, except, replaces }: Audience): void {
  broadcastBy(
    room,
    ({ caps }) => caps.has(cap),
    (has) => (has ? capped : plain)?.(),
    { ...(except && { except }), ...(replaces !== undefined && { replaces }) },
  );
}

/** Sends every connected member the message of its kind, which is encoded once per kind. */
export function broadcastBy<K>(
  room: Room,
  kindOf: (member: Member) => K,
  make: (kind: K) => ServerMessage | undefined,
  { except, replaces }: { except?: Member | undefined; replaces?: string } = {},
): void {
  const options: SendOptions | undefined = replaces === undefined ? undefined : { replaces };
  const texts = new Map<K, string | undefined>();
  for (const member of room.members.values()) {
    if (member === except || !member.connection) continue;
    const kind = kindOf(member);
    if (!texts.has(kind)) {
      const message = make(kind);
      texts.set(kind, message && encode(message));
    }
    const text = texts.get(kind);
    if (text !== undefined) member.connection.send(text, options);
  }
}

/** Sends one message to every connected member. */
export function broadcastToAll(room: Room, message: ServerMessage, except?: Member): void {
  broadcastBy(
    room,
    () => null,
    () => message,
    { except },
  );
}

export function sendTo(member: Member, message: ServerMessage): void {
  member.connection?.send(encode(message));
}
