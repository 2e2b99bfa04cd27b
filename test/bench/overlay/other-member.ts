import { BareClient } from '../../server/support.ts';

/**
 * Who keeps the member that is measured company, without a browser of its own, which would compete with that one: one that
 * can do without a player, and reports as often as one with a player does.
 */
export interface OtherMember {
  /** Says something each so many seconds, until the function returned is called. */
  chat: (everySec: number) => () => void;
  leave: () => void;
}

const CAPS = ['member_state', 'typing', 'reactions', 'notices'];
const REPORT_EVERY_MS = 15_000;
const LINES = [
  'Did you see that?',
  'I have seen this one before, and it only gets better from here; wait for the scene on the bridge.',
  'ha',
  'at 1:05 he says it himself',
];

export async function joinAsOther(port: number, roomId: string): Promise<OtherMember> {
  const client = await BareClient.open(`ws://127.0.0.1:${port}`);
  await client.ask('room/join', { roomId, client: { userId: 'ben', displayName: 'Ben' }, caps: CAPS });
  const report = () => client.tell('member/state', { roomId, state: 'ready', driftMs: 0.4, boundMs: 2 });
  report();
  const reporting = setInterval(report, REPORT_EVERY_MS);
  return {
    chat: (everySec) => {
      let said = 0;
      const chatting = setInterval(
        () => client.tell('chat/send', { roomId, text: LINES[said++ % LINES.length] }),
        everySec * 1000,
      );
      return () => clearInterval(chatting);
    },
    leave: () => {
      clearInterval(reporting);
      client.socket.terminate();
    },
  };
}
