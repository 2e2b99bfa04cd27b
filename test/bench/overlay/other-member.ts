import { BareClient } from '../../server/support.ts';
import { joinCall, launchWithCamera } from '../../support/faces.ts';

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
/** The test film's page brings it so late. */
const NEVER_MS = 1e9;
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

/** With a camera there has to be another browser. It is shown no film, so that it has no more to do than the call. */
export async function callAsOther(filmUrl: string, invite: string): Promise<{ leave: () => Promise<void> }> {
  const member = await launchWithCamera('Ben', `${filmUrl}?late=${NEVER_MS}`);
  try {
    await member.join(invite);
    await joinCall(member);
  } catch (error) {
    await member.close();
    throw error;
  }
  return { leave: () => member.close() };
}
