import { DEFAULT_RULES, OUT_OF_CALL } from '../protocol/index.ts';
import { NO_CLOCK, NO_ONE_WAY_CLOCK } from '../sync/index.ts';
import { NO_EPHEMERAL, type Identity, type Session } from './session.ts';

export interface SessionStart extends Identity {
  tabId: number | null;
}

export function startSession({ tabId, ...start }: SessionStart): Session {
  const { serverUrl, roomId, me, resumeToken, roomKey, certified, access } = start;
  return {
    identity: { serverUrl, roomId, me, resumeToken, roomKey, certified, access },
    tab: { tabId, share: false, page: null },
    connection: {
      phase: 'connecting',
      attempt: 0,
      retryAtMs: null,
      offlineSinceMs: null,
      abandonedAtMs: null,
      problem: null,
      joinComplete: false,
      serverCaps: [],
      requests: {},
      refused: [],
    },
    room: { epoch: null, hostUserId: null, rules: DEFAULT_RULES, peers: [], elders: [] },
    report: { current: { state: 'no_video' }, sentAtMs: [] },
    playback: {
      content: null,
      contentSeq: 0,
      timeline: null,
      timelineAge: null,
      hold: null,
      lastActor: null,
      readyFor: null,
      readySentFor: null,
    },
    intents: { pending: null, lastSent: null, notBeforeMs: 0, stateAskedFor: null, awaitsState: false },
    settings: { offsetMs: 0, followParty: true },
    navigation: { lastSharedContentId: null, lastSharedPage: null, pending: null },
    chat: { messages: [], notices: [], historyIds: null },
    ephemeral: NO_EPHEMERAL,
    call: { media: OUT_OF_CALL, mediaSent: false, relays: [] },
    clock: {
      twoWay: NO_CLOCK,
      oneWay: NO_ONE_WAY_CLOCK,
      pings: [],
      nextPingId: 0,
      startedAtMs: 0,
      wallLeadMs: null,
    },
  };
}
