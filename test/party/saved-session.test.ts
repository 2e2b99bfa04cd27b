import { describe, expect, it } from 'vitest';
import { restoreSession, savedSession, saveSession } from '../../src/party/index.ts';
import { watching } from './support.ts';

const stored = (): Record<string, unknown> =>
  JSON.parse(JSON.stringify(saveSession(watching().session, 0, 0))) as Record<string, unknown>;

/** The flat shape of before: no field of it has the place that the schema asks for. */
const FLAT = {
  serverUrl: 'wss://party.example',
  roomId: 'amber-otter',
  me: { userId: 'ada', displayName: 'Ada' },
  tabId: 7,
  stopped: false,
  endedBy: null,
  resumeToken: 'a-secret-of-ada-s',
  roomKey: null,
  epoch: null,
  hostUserId: 'ada',
  control: 'everyone',
  waitPolicy: 'go_on',
  offsetMs: 0,
  followParty: true,
  together: null,
  media: { inCall: false, microphone: false, camera: false },
  mediaTold: false,
  peers: [],
  content: null,
  timeline: null,
  timelineAgeMs: null,
  chat: [],
  notices: [],
  savedAtWallMs: 0,
};

describe('the saved session', () => {
  it('The saved session comes back as it was, without its tab’s page and its connection.', () => {
    const before = watching().session;
    const after = restoreSession(savedSession.parse(stored()), 0, 0);
    for (const group of ['identity', 'settings'] as const) expect(after[group]).toEqual(before[group]);
    expect(after.playback).toMatchObject({
      content: before.playback.content,
      timeline: before.playback.timeline,
    });
    expect(after.navigation.lastSharedContentId).toBe(before.navigation.lastSharedContentId);
    expect(after.tab).toEqual({ tabId: before.tab.tabId, share: false, page: null });
    expect(after.connection).toMatchObject({ phase: 'connecting', joinComplete: false, requests: {} });
  });

  it('The flat shape of an older version is refused, and nothing is thrown.', () => {
    expect(savedSession.safeParse(FLAT).success).toBe(false);
  });

  it.each(['identity', 'room', 'playback', 'settings', 'call', 'chat'])(
    'A saved session without its part "%s" is refused.',
    (part) => {
      expect(savedSession.safeParse({ ...stored(), [part]: undefined }).success).toBe(false);
    },
  );
});
