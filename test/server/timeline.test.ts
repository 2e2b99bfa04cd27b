import { describe, expect, it } from 'vitest';
import { ROOM, state, virtualHub } from './support.ts';

const FILM = 'https://example.org/film';

function party() {
  const hub = virtualHub();
  const v1 = hub.client('v1');
  const other = hub.client('other');
  const ada = hub.client('ada', { caps: ['timeline'] });
  const bob = hub.client('bob', { caps: ['timeline'] });
  const all = [v1, other, ada, bob];
  const hush = () => all.forEach((one) => one.take());
  hush();
  return { ...hub, v1, other, ada, bob, all, hush };
}
const content = (contentId: string, extra: Record<string, unknown> = {}) => ({
  roomId: ROOM,
  contentId,
  ...extra,
});

describe('content', () => {
  it('[TL-2] goes to everyone, the sender included, each in its own words', () => {
    const { v1, ada } = party();
    v1.tell('watch/set_content', content(FILM, { meta: { title: 'F' } }));
    expect(v1.take()).toEqual([
      { v: 1, type: 'watch/content', payload: { roomId: ROOM, contentId: FILM, meta: { title: 'F' } } },
    ]);
    expect(ada.take()).toMatchObject([{ payload: { contentId: FILM, seq: 1, fromUserId: 'v1' } }]);
  });

  it('[TL-2] another content drops the timeline', () => {
    const { ada, client } = party();
    ada.tell('watch/playback_state', state({ contentId: FILM }));
    ada.tell('watch/set_content', content('next'));
    expect(client('late').types()).toEqual(['server/hello', 'room/joined', 'watch/content']);
  });

  it('[TL-2] [TL-1] the same content again only updates its meta', () => {
    const { ada, bob, client } = party();
    ada.tell('watch/playback_state', state({ contentId: FILM }));
    bob.take();
    expect(ada.ask('watch/set_content', content(FILM, { meta: 'new' })).payload.seq).toBe(2);
    expect(bob.take()).toMatchObject([{ type: 'watch/content', payload: { meta: 'new', seq: 1 } }]);
    ada.tell('watch/set_content', content(FILM));
    expect(bob.take()).toMatchObject([{ payload: { meta: 'new' } }]);
    expect(client('late').types()).toContain('watch/playback_state');
  });

  it('[TL-5] a state naming another content changes it, before the state', () => {
    const { v1, other, ada } = party();
    v1.tell('watch/playback_state', state({ contentId: FILM }));
    expect(v1.types()).toEqual(['watch/content']);
    expect(other.types()).toEqual(['watch/content', 'watch/playback_state']);
    expect(ada.take()).toMatchObject([
      { payload: { seq: 1 } },
      { payload: { state: { seq: 2, contentId: FILM } } },
    ]);
    v1.tell('watch/playback_state', state({ contentId: FILM }));
    expect(other.types()).toEqual(['watch/playback_state']);
    v1.tell('watch/playback_state', state({ contentId: 'next' }));
    expect(other.types()).toEqual(['watch/content', 'watch/playback_state']);
  });
});

describe('playback', () => {
  it('[TL-3] goes to everyone else; with cap timeline the sender is told too', () => {
    const { v1, other, ada, bob, time } = party();
    v1.tell('watch/playback_state', state());
    expect(v1.take()).toEqual([]);
    expect(other.take()).toEqual([
      {
        v: 1,
        type: 'watch/playback_state',
        payload: {
          roomId: ROOM,
          state: { playing: true, positionSec: 10, hostTsMs: time.nowMs },
          serverTsMs: time.nowMs,
          fromUserId: 'v1',
        },
      },
    ]);
    ada.take();
    bob.take();
    expect(ada.ask('watch/playback_state', { ...state(), act: 'play' }).payload.seq).toBe(2);
    const told = { payload: { act: 'play', fromUserId: 'ada', state: { rate: 1, seq: 2 } } };
    expect(ada.take()).toMatchObject([told]);
    expect(bob.take()).toMatchObject([told]);
  });

  it('[TL-4] two acts at the same moment both count', () => {
    const { ada, bob, hush, time } = party();
    ada.tell('watch/playback_state', { ...state({ playing: true, positionSec: 0 }), act: 'play' });
    hush();
    const base = { hostTsMs: time.nowMs, playing: true };
    ada.tell('watch/playback_state', { ...state({ ...base, positionSec: 500 }), act: 'seek', baseSeq: 1 });
    bob.tell('watch/playback_state', {
      ...state({ ...base, playing: false, positionSec: 3 }),
      act: 'pause',
      baseSeq: 1,
    });
    expect(ada.take().at(-1)).toMatchObject({
      payload: { state: { playing: false, positionSec: 500, seq: 3 } },
    });
  });

  it('[TL-6] an act made on content the room has left changes nothing', () => {
    const { ada, bob, v1 } = party();
    ada.tell('watch/playback_state', { ...state({ contentId: FILM }), act: 'play' });
    ada.tell('watch/playback_state', { ...state({ contentId: 'next' }), act: 'play' });
    bob.take();
    v1.take();
    for (const late of [{ contentId: FILM }, {}]) {
      const answer = bob.ask('watch/playback_state', { ...state(late), act: 'pause', baseSeq: 2 });
      expect(answer).toMatchObject({ type: 'ack', payload: { seq: 4 } });
      expect(bob.take()).toMatchObject([
        { type: 'watch/content', payload: { contentId: 'next', seq: 3 } },
        {
          type: 'watch/playback_state',
          payload: { fromUserId: 'ada', state: { contentId: 'next', seq: 4 } },
        },
      ]);
    }
    bob.tell('watch/set_content', content('third', { baseSeq: 2 }));
    expect(bob.take()).toMatchObject([{ payload: { contentId: 'next' } }, {}]);
    expect(v1.take()).toEqual([]);
    bob.tell('watch/set_content', content('third', { baseSeq: 3 }));
    expect(v1.take()).toMatchObject([{ payload: { contentId: 'third' } }]);
  });

  it('[CAP-2] a plain v1 member’s baseSeq, act and rate are not read', () => {
    const { v1, ada } = party();
    ada.tell('watch/set_content', content('a'));
    ada.tell('watch/set_content', content('b'));
    ada.take();
    v1.tell('watch/playback_state', { ...state({ contentId: 'c', rate: 2 }), act: 'pause', baseSeq: 0 });
    const told = ada.take();
    expect(told).toMatchObject([{ payload: { contentId: 'c' } }, { payload: { state: { rate: 1 } } }]);
    expect(told[1]?.payload).not.toHaveProperty('act');
  });

  it('[TL-7] a plain v1 state keeps the room’s rate, and a new content begins at 1', () => {
    const { v1, ada } = party();
    ada.tell('watch/playback_state', { ...state({ contentId: 'a', rate: 1.5 }), act: 'rate' });
    ada.take();
    v1.tell('watch/playback_state', state({ playing: false }));
    expect(ada.take()).toMatchObject([{ payload: { state: { rate: 1.5, playing: false } } }]);
    v1.tell('watch/playback_state', state({ contentId: 'b' }));
    expect(ada.take().at(-1)).toMatchObject({ payload: { state: { rate: 1 } } });
  });

  it('[TL-8] plain v1 members are told a faster film anew every 2 s, and nobody else is', () => {
    const { v1, ada, bob, time } = party();
    ada.tell('watch/playback_state', { ...state({ rate: 2, hostTsMs: time.nowMs - 1000 }), act: 'play' });
    expect(v1.take()).toMatchObject([{ payload: { state: { positionSec: 12, hostTsMs: time.nowMs } } }]);
    ada.take();
    bob.take();
    time.pass(4000);
    expect(v1.take()).toMatchObject([
      { payload: { state: { positionSec: 16 } } },
      { payload: { state: { positionSec: 20, hostTsMs: time.nowMs }, serverTsMs: time.nowMs } },
    ]);
    expect([...ada.take(), ...bob.take()]).toEqual([]);
    ada.tell('watch/playback_state', { ...state({ rate: 1 }), act: 'rate' });
    v1.take();
    time.pass(10_000);
    expect(v1.take()).toEqual([]);
  });

  it('[TL-8] a plain v1 member who joins later is told as well', () => {
    const { client, time } = virtualHub();
    const ada = client('ada', { caps: ['timeline'] });
    ada.tell('watch/playback_state', { ...state({ rate: 2 }), act: 'play' });
    time.pass(20_000);
    const late = client('late');
    late.take();
    time.pass(2000);
    expect(late.types()).toEqual(['watch/playback_state']);
  });

  it('[CLK-4] an estimate of the server’s clock counts within 5 s of now', () => {
    const { ada, time } = party();
    const at = (hostTsMs: number) => {
      ada.take();
      ada.tell('watch/playback_state', { ...state({ hostTsMs }), act: 'seek' });
      return (ada.take()[0]?.payload.state as { hostTsMs: number }).hostTsMs - time.nowMs;
    };
    expect(at(time.nowMs - 5000)).toBe(-5000);
    expect(at(time.nowMs + 4999.5)).toBe(4999.5);
    expect(at(time.nowMs - 5001)).toBe(0);
    expect(at(0)).toBe(0);
  });

  it('[CLK-3] a plain v1 sender’s clock is mapped, with the round trip its socket measured', () => {
    const { v1, ada, time } = party();
    v1.hub.noteRoundTrip(60);
    v1.tell('watch/playback_state', state({ hostTsMs: time.nowMs + 3_600_000 }));
    expect(ada.take()).toMatchObject([{ payload: { state: { hostTsMs: time.nowMs - 30 } } }]);
  });

  it('Positions never leave the range of the schema.', () => {
    const { ada, time, client } = party();
    ada.tell('watch/playback_state', state({ positionSec: 1e10, hostTsMs: time.nowMs }));
    time.pass(60_000);
    const told = client('late').take().at(-1);
    expect(told).toMatchObject({ payload: { state: { positionSec: 1e10 } } });
  });
});
