import { afterEach, expect, it, vi } from 'vitest';
import type { FromCapture } from '../../src/messaging/capture-words.ts';
import { hostCapture } from '../../src/call/capture-host.ts';

afterEach(() => vi.unstubAllGlobals());
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** A computer whose camera starts when the test lets it, in a browser that connects pages or does not. */
function computer(connects = true) {
  const said: FromCapture['type'][] = [];
  const started = Promise.withResolvers<undefined>();
  const lamp = { on: false };
  const track = { kind: 'video', stop: () => void (lamp.on = false) };
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends EventTarget {
      localDescription = { sdp: 'v=0' };
      constructor() {
        super();
        if (!connects) throw new DOMException('no more of them', 'UnknownError');
      }
      addTrack = () => undefined;
      createOffer = () => Promise.resolve({});
      setLocalDescription = () => Promise.resolve();
      close = () => undefined;
    },
  );
  const media = {
    getUserMedia: async () => {
      await started.promise;
      lamp.on = true;
      return { getAudioTracks: () => [], getVideoTracks: () => [track] };
    },
  };
  // The part of it that is used to open a camera by nobody's name.
  const tell = hostCapture(media as unknown as MediaDevices, ({ type }) => said.push(type));
  const open = { type: 'open', id: '1', microphone: false, camera: true };
  return { tell, said, lamp, open, start: () => started.resolve(undefined) };
}

it('hands a camera over, until it is given back', async () => {
  const { tell, said, lamp, open, start } = computer();
  tell(open);
  start();
  await settled();
  expect([said, lamp.on]).toEqual([['offer'], true]);
  tell({ type: 'stop', id: '1', kind: 'video' });
  expect(lamp.on).toBe(false);
});

it('leaves none on that was given up while it started', async () => {
  const { tell, said, lamp, open, start } = computer();
  tell(open);
  tell({ type: 'stop', id: '1', kind: 'video' });
  start();
  await settled();
  expect([said, lamp.on]).toEqual([['failed'], false]);
});

it('leaves none on that cannot be handed over', async () => {
  const { tell, said, lamp, open, start } = computer(false);
  tell(open);
  start();
  await settled();
  expect([said, lamp.on]).toEqual([['failed'], false]);
});
