import type { ClientMessage } from '../protocol/index.ts';

/** True if the later of two requests makes the earlier one needless. */
export function isSameKind(a: ClientMessage, b: ClientMessage): boolean {
  return a.type === b.type && subjectOf(a) === subjectOf(b);
}

function subjectOf({ type, payload }: ClientMessage): string | undefined {
  switch (type) {
    case 'room/remove':
      return payload.userId;
    case 'chat/restore':
      return payload.messages[0]?.id;
    case 'chat/react':
      return payload.to && [payload.to.userId, payload.to.id, payload.emoji].join(' ');
    default:
      return undefined;
  }
}
