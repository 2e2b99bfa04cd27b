import type { PlayerAdapter, PlayerChange, PlayerReading } from './adapter.ts';

const CHANGES: Readonly<Record<string, PlayerChange>> = {
  play: 'playing',
  pause: 'playing',
  seeking: 'position',
  ratechange: 'rate',
  seeked: 'other',
  waiting: 'other',
  stalled: 'other',
  playing: 'other',
  canplay: 'other',
  ended: 'other',
  emptied: 'other',
  loadedmetadata: 'other',
  durationchange: 'other',
};

/** A correction as small, and as short, is not heard as pitch. */
const PITCH_UNHEARD = 0.1;

/** Any `<video>` that obeys the HTML standard. */
export function htmlAdapter(video: HTMLVideoElement): PlayerAdapter {
  const pitchPreserved = video.preservesPitch;
  let lastRoomRate: number | null = null;
  let mutedByUs = false;
  let lastRate = 1;
  /** Some players hold their film by a speed of 0 while they wait for data (Shaka, rx-player); the next one is theirs to set. */
  const isHeld = () => video.playbackRate === 0;
  return {
    can: { rate: true, seekToleranceSec: 0, seekEveryMs: 0 },
    read: () => {
      const reading = readVideo(video);
      if (isHeld()) return { ...reading, rate: lastRate, ready: false };
      lastRate = reading.rate;
      return reading;
    },
    play: () => video.play(),
    playMuted: () => {
      mutedByUs ||= !video.muted;
      video.muted = true;
      return video.play();
    },
    unmute: () => {
      if (mutedByUs) video.muted = false;
      mutedByUs = false;
    },
    pause: () => video.pause(),
    seek: (toSec) => {
      video.currentTime = toSec;
    },
    setRate: (rate, roomRate) => {
      lastRoomRate = roomRate;
      const small = Math.abs(rate / roomRate - 1) < PITCH_UNHEARD;
      // Chromium's pitch-preserving stretcher ignores rates within 0.1 % of 1 and costs about 17 ms each time it is
      // entered (audio_renderer_algorithm.cc, crbug 40190553). A correction is too small to be heard as pitch.
      video.preservesPitch = roomRate === 1 && small ? false : pitchPreserved;
      if (!isHeld()) video.playbackRate = rate;
    },
    onChange: (listener, signal) => {
      for (const [type, change] of Object.entries(CHANGES)) {
        // Events that the page's own script dispatches are not trusted ones.
        video.addEventListener(type, (event) => event.isTrusted && listener(change), { signal });
      }
    },
    release: () => {
      if (lastRoomRate === null) return;
      if (!isHeld()) video.playbackRate = lastRoomRate;
      video.preservesPitch = pitchPreserved;
    },
  };
}

function readVideo(video: HTMLVideoElement): PlayerReading {
  return {
    attached: video.isConnected && video.readyState >= HTMLMediaElement.HAVE_METADATA,
    positionSec: video.currentTime,
    durationSec: Number.isFinite(video.duration) && video.duration > 0 ? video.duration : null,
    paused: video.paused,
    rate: video.playbackRate,
    seeking: video.seeking,
    ready: video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA,
    ended: video.ended,
    interruption: null,
    handOnControls: video.controls && isAtHand(video),
    settled: true,
  };
}

/** The person is over it or in it, and has touched the page within the last seconds (HTML, "transient activation"). */
function isAtHand(video: HTMLVideoElement): boolean {
  const { activeElement, defaultView } = video.ownerDocument;
  const near = video.matches(':hover') || activeElement === video;
  return near && defaultView?.navigator.userActivation.isActive === true;
}
