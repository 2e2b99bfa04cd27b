import { describe, expect, it } from 'vitest';
import type { Capture, CaptureConstraints } from '../../src/rtc/capture.ts';
import type { Tracks } from '../../src/rtc/transport.ts';
import { LocalMedia, type MediaKind, type MediaWanted } from '../../src/call/local-media.ts';

const BOTH: MediaWanted = { microphone: true, camera: true, microphoneId: '', cameraId: '' };

class FakeTrack extends EventTarget {
  enabled = true;
  readonly of: string;
  constructor(of: string) {
    super();
    this.of = of;
  }
}

/** A computer whose devices open when the test lets them, or fail by the given name. */
function computer(failing: Partial<Record<MediaKind, string>> = {}, measure = () => () => 0) {
  const asked: CaptureConstraints[] = [];
  const open = new Set<FakeTrack>();
  const waiting: (() => void)[] = [];
  let held = false;
  const capture: Capture = {
    open: async (wish) => {
      asked.push(wish);
      if (held) await new Promise<void>((resolve) => waiting.push(resolve));
      for (const kind of ['microphone', 'camera'] as const) {
        const name = wish[kind] !== false && failing[kind];
        if (name) throw new DOMException('', name);
      }
      const track = (kind: MediaKind) => {
        if (wish[kind] === false) return null;
        const made = new FakeTrack(`${kind} ${wish[kind]}`);
        open.add(made);
        return made as unknown as MediaStreamTrack;
      };
      return { audio: track('microphone'), video: track('camera') };
    },
    stop: (track) => open.delete(track as unknown as FakeTrack),
    devices: () => Promise.resolve([]),
    onDevices: () => undefined,
  };
  const published: Tracks[] = [];
  const failed: { kinds: readonly MediaKind[]; name: string }[] = [];
  const own = new LocalMedia(
    capture,
    {
      changed: (tracks) => published.push(tracks),
      failed: (kinds, error) => failed.push({ kinds, name: (error as DOMException).name }),
    },
    measure,
  );
  return {
    own,
    asked,
    published,
    failed,
    isOpen: () => [...open].map(({ of }) => of).sort(),
    track: (of: string) => [...open].find((each) => each.of === of),
    hold: () => (held = true),
    let: () => {
      held = false;
      for (const go of waiting.splice(0)) go();
    },
  };
}

describe('camera and microphone', () => {
  it('are asked for at once, and given back when nothing is wanted', async () => {
    const { own, asked, isOpen } = computer();
    await own.want(BOTH);
    expect(asked).toEqual([{ microphone: true, camera: true }]);
    expect(isOpen()).toEqual(['camera true', 'microphone true']);
    await own.want(null);
    expect(isOpen()).toEqual([]);
    expect(own.tracks).toEqual({ audio: null, video: null });
  });

  it('a muted microphone stays, silent; a camera that is off is let go', async () => {
    const { own, isOpen, track } = computer();
    await own.want(BOTH);
    await own.want({ ...BOTH, microphone: false, camera: false });
    expect(isOpen()).toEqual(['microphone true']);
    expect(track('microphone true')?.enabled).toBe(false);
    await own.want({ ...BOTH, camera: false });
    expect(track('microphone true')?.enabled).toBe(true);
  });

  it('another device replaces the one before, which is let go', async () => {
    const { own, isOpen } = computer();
    await own.want(BOTH);
    await own.want({ ...BOTH, cameraId: 'usb' });
    expect(isOpen()).toEqual(['camera usb', 'microphone true']);
  });

  it('off, on and off again while the camera starts: none is left running, and nothing of it is sent', async () => {
    const { own, isOpen, published, hold, let: go } = computer();
    hold();
    const settled = own.want(BOTH);
    void own.want({ ...BOTH, camera: false });
    void own.want(BOTH);
    void own.want({ ...BOTH, microphone: false, camera: false });
    go();
    await settled;
    expect(isOpen()).toEqual(['microphone true']);
    expect(published.every(({ video }) => video === null)).toBe(true);
    expect(own.tracks.audio?.enabled).toBe(false);
  });

  it('left while they start: both are given back', async () => {
    const { own, isOpen, hold, let: go } = computer();
    hold();
    const settled = own.want(BOTH);
    void own.want(null);
    go();
    await settled;
    expect(isOpen()).toEqual([]);
  });

  it('who has no camera still has the microphone, and is told', async () => {
    const { own, isOpen, failed } = computer({ camera: 'NotFoundError' });
    await own.want(BOTH);
    expect(isOpen()).toEqual(['microphone true']);
    expect(failed).toEqual([{ kinds: ['camera'], name: 'NotFoundError' }]);
  });

  it('who is refused both is told once, and not asked for ever', async () => {
    const { own, asked, failed } = computer({ camera: 'NotAllowedError', microphone: 'NotAllowedError' });
    await own.want(BOTH);
    expect(failed).toEqual([{ kinds: ['microphone', 'camera'], name: 'NotAllowedError' }]);
    expect(asked).toHaveLength(3);
  });

  it('where nobody can tell how loud the microphone is, nothing is left on that is not used', async () => {
    const { own, isOpen, failed } = computer({}, () => {
      throw new DOMException('', 'NotSupportedError');
    });
    await own.want(BOTH);
    expect(failed).toEqual([{ kinds: ['microphone'], name: 'NotSupportedError' }]);
    expect(isOpen()).toEqual(['camera true']);
    await own.want(null);
    expect(isOpen()).toEqual([]);
  });

  it('a camera that is unplugged is opened again, or said to be gone', async () => {
    const failing: Partial<Record<MediaKind, string>> = {};
    const { own, isOpen, failed, track, published } = computer(failing);
    await own.want(BOTH);
    track('camera true')?.dispatchEvent(new Event('ended'));
    await own.want(BOTH);
    expect(isOpen()).toEqual(['camera true', 'microphone true']);
    failing.camera = 'NotFoundError';
    track('camera true')?.dispatchEvent(new Event('ended'));
    await own.want(BOTH);
    expect(published.at(-1)?.video).toBeNull();
    expect(failed).toEqual([{ kinds: ['camera'], name: 'NotFoundError' }]);
  });
});
