import { stateAtFirst, type CallState } from '../../src/call/call-state.ts';
import type { Call } from '../../src/call/call.ts';
import { callPrefs } from '../../src/call/prefs.ts';

const PREFS = await callPrefs({
  get: () => Promise.resolve({}),
  set: () => Promise.resolve(),
  remove: () => Promise.resolve(),
}).read();

/** A call that stands still in one state. */
export function fakeCall(change: Partial<CallState>): Call {
  const state: CallState = { ...stateAtFirst(PREFS), me: { userId: 'me', displayName: 'Noor' }, ...change };
  const nothing = () => undefined;
  const call: Pick<Call, keyof Call> = {
    state,
    subscribe: () => nothing,
    preview: () => Promise.resolve(),
    cancel: nothing,
    join: nothing,
    leave: nothing,
    toggle: () => Promise.resolve(),
    choose: () => Promise.resolve(),
    duck: nothing,
    setVolume: nothing,
    letIn: nothing,
    shown: nothing,
    unblockSound: nothing,
    level: () => 0.08,
    networkChanged: nothing,
  };
  // All that others can see of a call; the rest of the class is private.
  return call as Call;
}

/** Stands for a camera: a head and shoulders on a colour. Null where nothing can be drawn. */
export function drawnPicture(ground: string, skin: string, shirt: string): MediaStream | null {
  if (typeof document === 'undefined') return null;
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 });
  const context = 'captureStream' in canvas ? canvas.getContext('2d') : null;
  if (!context) return null;
  const draw = () => {
    context.fillStyle = ground;
    context.fillRect(0, 0, 320, 200);
    for (const [fill, x, y, width, height] of [
      [shirt, 160, 215, 90, 75],
      [skin, 160, 100, 42, 54],
    ] as const) {
      context.fillStyle = fill;
      context.beginPath();
      context.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
      context.fill();
    }
  };
  draw();
  // A stream of something that is not drawn again shows nothing to who comes later.
  setInterval(draw, 200);
  return canvas.captureStream();
}
