import type { Peer, ServerPayload } from '../protocol/index.ts';
import { stopTyping } from './ephemeral.ts';
import { notePresence, noteRename } from './notices.ts';
import { publishStateIfWanted, resendToV1 } from './playback.ts';
import type { Member } from './session.ts';
import type { StepContext } from './step-context.ts';

export function onMemberStates(step: StepContext, { members }: ServerPayload<'member/states'>): void {
  const reports = new Map(members.map(({ userId, ...report }) => [userId, report]));
  const merge = (peer: Member): Member => ({ ...peer, report: reports.get(peer.userId) ?? peer.report });
  step.update('room', { peers: step.session.room.peers.map(merge) });
  publishStateIfWanted(step);
}

export function onPeerJoined(step: StepContext, peer: Peer): void {
  const { peers } = step.session.room;
  const known = peers.find((each) => each.userId === peer.userId);
  const member: Member = { ...known, ...peer, report: { state: 'ready' } };
  // A renamed member keeps its place, which tells members of equal names apart.
  step.update('room', {
    peers: known ? peers.map((each) => (each === known ? member : each)) : [...peers, member],
  });
  if (!known) notePresence(step, 'joined', peer);
  else if (known.displayName !== peer.displayName) noteRename(step, peer, known.displayName);
  resendToV1(step);
}

export function onPeerLeft(step: StepContext, userId: string): void {
  const { peers, elders } = step.session.room;
  const left = peers.find((peer) => peer.userId === userId);
  step.update('room', {
    peers: peers.filter((peer) => peer !== left),
    elders: elders.filter((elder) => elder !== userId),
  });
  stopTyping(step, userId);
  if (left) notePresence(step, 'left', { userId, displayName: left.displayName });
}
