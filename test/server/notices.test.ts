import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/protocol/index.ts';
import { ALL_CAPS, joinPayload, ROOM, state, virtualHub, type FakeClient } from './support.ts';

const CAPS = { caps: ALL_CAPS };

/** The notices somebody was told since the last look, one line each. */
function told(one: FakeClient): string[] {
  return one.take().flatMap(({ type, payload }) => {
    if (type === 'chat/notice') return [line(payload.notice as Notice)];
    return type === 'chat/history' ? ((payload.notices ?? []) as Notice[]).map(line) : [];
  });
}
const line = ({ kind, about, by }: Notice) =>
  [by?.userId, kind, about?.userId].filter((part) => part !== undefined).join(' ');

describe('notices', () => {
  it('[NOTE-1] are told to all, and to late joiners with the history', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob', CAPS);
    time.pass(5);
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    ada.tell('room/set_wait_policy', { roomId: ROOM, waitPolicy: 'wait' });
    ada.tell('room/hand_over', { roomId: ROOM, toUserId: 'bob' });
    ada.tell('room/leave', { roomId: ROOM });
    const happened = ['joined bob', 'ada control', 'ada wait_policy', 'ada host bob', 'left ada'];
    expect(told(bob)).toEqual(['joined ada', ...happened]);
    expect(told(client('cyd', CAPS))).toEqual(['joined ada', ...happened, 'joined cyd']);
  });

  it('[NOTE-1] say what was set, by whom and when', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    ada.take();
    ada.tell('room/set_control', { roomId: ROOM, control: 'host' });
    expect(ada.take().find(({ type }) => type === 'chat/notice')?.payload).toEqual({
      roomId: ROOM,
      notice: {
        id: expect.any(String) as string,
        tsMs: time.nowMs,
        kind: 'control',
        by: { userId: 'ada', displayName: 'ADA' },
        control: 'host',
      },
    });
  });

  it('[NOTE-2] a member that comes back within the grace period is not told of, one that comes later is', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob');
    told(ada);
    bob.drop();
    time.pass(7999);
    client('bob').drop();
    expect(told(ada)).toEqual([]);
    time.pass(8000);
    client('bob');
    expect(told(ada)).toEqual(['left bob', 'joined bob']);
  });

  it('[NOTE-2] [NOTE-4] nor is one told of that comes back when its arrival is forgotten', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob');
    for (let at = 0; at < 100; at += 1) {
      ada.tell('room/set_control', { roomId: ROOM, control: at % 2 ? 'everyone' : 'host' });
      time.pass(100);
    }
    told(ada);
    bob.drop();
    client('bob');
    expect(told(ada)).toEqual([]);
  });

  it('[NOTE-2] [RES-7] who returns to a server that forgot the room did not join', () => {
    const { client } = virtualHub();
    const snapshot = { epoch: 'before', seq: 3 };
    const ada = client('ada', { ...CAPS, snapshot });
    client('bob', { ...CAPS, snapshot });
    client('new', CAPS);
    expect(told(ada)).toEqual(['joined new']);
  });

  it('[NOTE-2] [ROLE-2] a succession is nobody’s doing', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob', CAPS);
    told(bob);
    ada.drop();
    time.pass(8000);
    expect(told(bob)).toEqual(['left ada', 'host bob']);
  });

  it('[NOTE-3] another film is told by whose doing, without its title, and a row of them once', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob', CAPS);
    told(bob);
    const open = (one: FakeClient, contentId: string) =>
      one.tell('watch/set_content', { roomId: ROOM, contentId, meta: { title: 'Secret' } });
    open(ada, 'one');
    expect(told(bob)).toEqual([]);
    open(ada, 'two');
    open(ada, 'three');
    const tellings = bob.take();
    const notices = tellings.filter(({ type }) => type === 'chat/notice');
    expect(notices).toHaveLength(1);
    expect(JSON.stringify(notices)).not.toMatch(/Secret|two|three/);
    bob.tell('watch/playback_state', state({ contentId: 'four' }));
    time.pass(10_000);
    open(bob, 'five');
    open(bob, 'five');
    expect(told(ada).slice(-2)).toEqual(['bob content', 'bob content']);
  });

  it('[NOTE-4] the room keeps a hundred, and they come in frames that fit', () => {
    const { client, time } = virtualHub();
    const ada = client();
    const displayName = '\u6f22'.repeat(64);
    ada.ask('room/join', {
      ...joinPayload('ada', CAPS),
      client: { userId: '\u6f22'.repeat(128), displayName },
    });
    for (let at = 0; at < 140; at += 1) {
      ada.tell('room/set_control', { roomId: ROOM, control: at % 2 ? 'everyone' : 'host' });
      time.pass(100);
    }
    const parts = client('late', CAPS)
      .take()
      .filter(({ type }) => type === 'chat/history');
    expect(parts.flatMap(({ payload }) => payload.notices)).toHaveLength(100);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThanOrEqual(64 * 1024);
  });

  it('[CAP-1] [CAP-4] are told only with the cap, which rests on history', () => {
    const { client } = virtualHub();
    const plain = client('plain');
    const without = client('without', { caps: ALL_CAPS.filter((cap) => cap !== 'history') });
    client('ada', CAPS);
    for (const one of [plain, without]) expect(one.types()).not.toContain('chat/notice');
  });

  it('[NOTE-6] a member that joins again under another name is told of, once for all', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob', CAPS);
    told(bob);
    const join = (displayName: string) =>
      ada.ask('room/join', joinPayload('ada', { ...CAPS, client: { userId: 'ada', displayName } }));
    const renamed = () =>
      bob.take().flatMap(({ type, payload }) => (type === 'chat/notice' ? [payload.notice] : []));
    join('Bob');
    join('Bob');
    expect(renamed()).toMatchObject([
      { kind: 'renamed', about: { userId: 'ada', displayName: 'Bob' }, before: 'ADA' },
    ]);
    join('Cyd');
    time.pass(10_000);
    join('Dan');
    expect(renamed()).toMatchObject([{ before: 'ADA' }, { before: 'Cyd' }]);
    const kept = client('late', CAPS)
      .take()
      .flatMap(({ payload }) => (payload.notices ?? []) as Notice[]);
    // A row of names is kept as one: it must not push out what else happened.
    expect(kept.filter(({ kind }) => kind === 'renamed').map(({ about }) => about?.displayName)).toEqual([
      ...['Cyd', 'Dan'],
    ]);
  });

  it('[NOTE-6] so is one that comes back within its grace, and one that takes a place over', () => {
    const { client } = virtualHub();
    const ada = client('ada', CAPS);
    const bob = client('bob');
    told(ada);
    bob.drop();
    const back = client();
    back.ask('room/join', joinPayload('bob', { client: { userId: 'bob', displayName: 'Ada' } }));
    expect(told(ada)).toEqual(['renamed bob']);
    client('bob');
    expect(told(ada)).toEqual(['renamed bob']);
  });

  it('[NOTE-6] [CAP-2] only with cap `renames`, live and in the history', () => {
    const { client } = virtualHub();
    const older = { caps: ALL_CAPS.filter((cap) => cap !== 'renames') };
    const ada = client('ada', CAPS);
    const old = client('old', older);
    told(old);
    ada.ask('room/join', joinPayload('ada', { ...CAPS, client: { userId: 'ada', displayName: 'Eve' } }));
    expect(told(old)).toEqual([]);
    expect(told(client('older', older))).not.toContain('renamed ada');
    expect(told(client('newer', CAPS))).toContain('renamed ada');
  });
});
