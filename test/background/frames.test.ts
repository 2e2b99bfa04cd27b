import { describe, expect, it, vi } from 'vitest';
import { Frames } from '../../src/background/frames.ts';
import type { FromPlayer } from '../../src/messaging/player-port.ts';
import { FakePort } from '../support/fake-port.ts';

const TAB = 7;

function connected() {
  const events = {
    adsOf: () => [],
    filmChanged: vi.fn(),
    message: vi.fn(),
    left: vi.fn(),
  };
  const frames = new Frames(events);
  const add = (frameId: number, tabId = TAB) => {
    const port = new FakePort('player', {
      frameId,
      tab: { id: tabId },
      url: `https://films.example/${frameId}`,
    });
    frames.add(port);
    const say = (message: FromPlayer) => port.say(message);
    const video = (score: number, durationSec = 100) =>
      say({ type: 'film', score, durationSec, unrecognised: false });
    return { port, say, video };
  };
  return { frames, events, add };
}

describe('the frame whose video takes part', () => {
  it('is the one with the best video of the tab', () => {
    const { frames, add } = connected();
    const [small, large] = [add(0), add(1)];
    small.video(10);
    expect(frames.driver(TAB)?.frameId).toBe(0);
    large.video(100);
    expect(frames.driver(TAB)?.frameId).toBe(1);
    expect(small.port.of('drive')).toMatchObject([{ on: true }, { on: false }]);
    expect(large.port.of('drive')).toMatchObject([{ on: true }]);
  });

  it('is not given up for one that is hardly better', () => {
    const { frames, add } = connected();
    const [first, second] = [add(0), add(1)];
    first.video(100);
    second.video(140);
    expect(frames.driver(TAB)?.frameId).toBe(0);
    second.video(160);
    expect(frames.driver(TAB)?.frameId).toBe(1);
  });

  it('is another one when it closes, and none when no video is left', () => {
    const { frames, add, events } = connected();
    const [first, second] = [add(0), add(1)];
    first.video(100);
    second.video(10);
    first.port.drop();
    expect(frames.driver(TAB)?.frameId).toBe(1);
    second.video(0);
    expect(frames.driver(TAB)).toBeNull();
    expect(events.filmChanged).toHaveBeenCalledTimes(3);
  });

  it('is of its own tab only', () => {
    const { frames, add } = connected();
    add(0, TAB + 1).video(100);
    expect(frames.driver(TAB)).toBeNull();
    expect(frames.has(TAB)).toBe(false);
  });

  it('counts its intents, and knows how long its video is', () => {
    const { frames, add } = connected();
    const frame = add(1);
    frame.video(100, 100);
    const intent = { playing: true, positionSec: 1, rate: 1, atServerMs: 1 };
    frame.say({ type: 'intent', intent });
    frame.say({ type: 'loaded', durationSec: 60 });
    expect(frames.driver(TAB)).toMatchObject({ intentsSeen: 1, durationSec: 60 });
  });
});

describe('what a frame says', () => {
  it('of its page counts of the top frame only', () => {
    const { frames, add } = connected();
    const content = { contentId: 'forged', url: 'https://films.example/forged' };
    add(1).say({ type: 'page', kind: 'film', content });
    expect(frames.pageOf(TAB)).toBeNull();
    add(0).say({ type: 'page', kind: 'film', content });
    expect(frames.pageOf(TAB)?.content?.contentId).toBe('forged');
  });

  it('is dropped where it is off the schema', () => {
    const { events, add } = connected();
    add(0).port.say({ type: 'intent', intent: { playing: 'yes' } });
    expect(events.message).not.toHaveBeenCalled();
  });

  it('of a touch is told to the other frames of the tab, and to no others', () => {
    const { add } = connected();
    const [top, embedded, other] = [add(0), add(1), add(0, TAB + 1)];
    embedded.say({ type: 'touched', ageMs: 3 });
    expect(top.port.of('touched')).toEqual([{ type: 'touched', ageMs: 3 }]);
    expect(embedded.port.of('touched')).toEqual([]);
    expect(other.port.of('touched')).toEqual([]);
  });

  it('of the pointer is told to the page around', () => {
    const { add } = connected();
    const [top, embedded] = [add(0), add(1)];
    embedded.say({ type: 'stirred', at: { x: 1, y: 2 } });
    expect(top.port.of('stirred')).toHaveLength(1);
    expect(embedded.port.of('stirred')).toEqual([]);
  });

  it('of its overlay vouches for that secret until it is gone', () => {
    const { frames, add } = connected();
    const frame = add(0);
    const secret = 'a'.repeat(36);
    frame.say({ type: 'overlay', secret });
    expect(frames.tabOfOverlay(secret)).toBe(TAB);
    expect(frames.tabOfOverlay('b'.repeat(36))).toBeNull();
    frame.port.drop();
    expect(frames.tabOfOverlay(secret)).toBeNull();
  });
});

describe('frames that are sent away', () => {
  it('are told so, are listened to no more, and say when they have left', () => {
    const { frames, events, add } = connected();
    const frame = add(0);
    frame.video(100);
    events.message.mockClear();
    frames.dismiss(TAB);
    expect(frame.port.of('dismiss')).toHaveLength(1);
    expect(frames.driver(TAB)).toBeNull();
    frame.video(100);
    expect(events.message).not.toHaveBeenCalled();
    frame.port.drop();
    expect(events.left).toHaveBeenCalledExactlyOnceWith(TAB);
  });
});

it('closes a port that is of no frame of a tab', () => {
  const { frames } = connected();
  const port = new FakePort('player', { url: 'https://films.example/' });
  frames.add(port);
  expect(port.closed).toBe(true);
});

it('shows the overlay in the top frame only', () => {
  const { frames, add } = connected();
  const [top, embedded] = [add(0), add(1)];
  frames.showOverlay(TAB, true);
  frames.overlayAct(TAB, 'chat');
  expect(top.port.sent).toEqual([
    { type: 'overlay', on: true },
    { type: 'overlay_act', act: 'chat' },
  ]);
  expect(embedded.port.sent).toEqual([]);
});
