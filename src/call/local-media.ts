import type { Capture, CaptureConstraints } from '../rtc/capture.ts';
import { audioLevelOf } from '../rtc/voice-activity.ts';
import type { Tracks } from '../rtc/transport.ts';

/** What is to be on, and of which devices; an empty id leaves the choice to the browser. */
export interface MediaWanted {
  microphone: boolean;
  camera: boolean;
  microphoneId: string;
  cameraId: string;
}

export type MediaKind = 'microphone' | 'camera';

export interface LocalMediaEvents {
  /** What is captured changed. */
  changed: (tracks: Tracks) => void;
  /** These could not be opened, and are as good as switched off. */
  failed: (kinds: readonly MediaKind[], error: unknown) => void;
}

const TRACKS = { microphone: 'audio', camera: 'video' } as const;
const KINDS = ['microphone', 'camera'] as const;

/** This person's camera and microphone: opens what is wanted, and gives back what is not. */
export class LocalMedia {
  readonly #capture: Capture;
  readonly #events: LocalMediaEvents;
  readonly #loudnessOf: typeof audioLevelOf;
  #tracks: Tracks = { audio: null, video: null };
  /** The ids by which the tracks were asked for. */
  readonly #openedAs = { microphone: '', camera: '' };
  #wanted: MediaWanted | null = null;
  #settling: Promise<void> | null = null;
  #loudness: { level: () => number | null; stop: AbortController } | null = null;

  constructor(capture: Capture, events: LocalMediaEvents, measure = audioLevelOf) {
    this.#capture = capture;
    this.#events = events;
    this.#loudnessOf = measure;
  }

  get tracks(): Tracks {
    return this.#tracks;
  }

  /** How loud the microphone is, 0 to 1; `null` while that cannot be known. */
  level(): number | null {
    return this.#loudness?.level() ?? null;
  }

  /** What is not wanted any more ends at once; settles when what is wanted is there, or has failed. `null`: nothing is. */
  want(wanted: MediaWanted | null): Promise<void> {
    this.#wanted = wanted;
    this.#putOff();
    this.#settling ??= this.#settle().finally(() => (this.#settling = null));
    return this.#settling;
  }

  /** @param before What was told last to be captured. */
  #putOff(before = this.#tracks): void {
    const wanted = this.#wanted;
    for (const kind of KINDS) {
      const another = wanted && wanted[`${kind}Id`] !== this.#openedAs[kind];
      // A microphone that is off is kept and sends silence: it is there at once when somebody wants to speak.
      if (!wanted || another || (kind === 'camera' && !wanted.camera)) this.#drop(kind);
    }
    if (this.#tracks.audio) this.#tracks.audio.enabled = wanted?.microphone ?? false;
    if (this.#tracks !== before) this.#events.changed(this.#tracks);
  }

  /** One opening after the other: what is wanted may change while a browser asks, or a camera starts. */
  async #settle(): Promise<void> {
    for (;;) {
      const wanted = this.#wanted;
      if (!wanted) return;
      const missing = KINDS.filter((kind) => wanted[kind] && !this.#tracks[TRACKS[kind]]);
      if (missing.length === 0) return;
      const before = this.#tracks;
      const failed = await this.#open(wanted, missing);
      // Told only now: what is not wanted any more must not be sent for a moment.
      this.#putOff(before);
      if (failed && this.#wanted === wanted) return;
    }
  }

  /** Whether something of it could not be opened. */
  async #open(wanted: MediaWanted, missing: readonly MediaKind[]): Promise<boolean> {
    const wishFor = (kinds: readonly MediaKind[]): CaptureConstraints => ({
      microphone: kinds.includes('microphone') && (wanted.microphoneId || true),
      camera: kinds.includes('camera') && (wanted.cameraId || true),
    });
    const attempt = async (kinds: readonly MediaKind[]) => {
      const opened = await this.#capture.open(wishFor(kinds));
      try {
        for (const kind of kinds) {
          const track = opened[TRACKS[kind]];
          if (!track) throw new DOMException(`no ${kind}`, 'NotFoundError');
          this.#keep(kind, track, wanted[`${kind}Id`]);
        }
      } catch (error) {
        // What came along is nobody's, and would stay on.
        const kept = Object.values(this.#tracks);
        for (const track of [opened.audio, opened.video])
          if (track && !kept.includes(track)) this.#capture.stop(track);
        throw error;
      }
    };
    try {
      await attempt(missing);
      return false;
    } catch (error) {
      if (missing.length === 1) this.#events.failed(missing, error);
      else {
        // Who lacks one of the two still has the other.
        const reasons = new Map<MediaKind, unknown>();
        for (const kind of missing)
          await attempt([kind]).catch((reason: unknown) => reasons.set(kind, reason));
        const [first] = reasons.values();
        if (reasons.size > 0) this.#events.failed([...reasons.keys()], first);
        return reasons.size > 0;
      }
      return true;
    }
  }

  #keep(kind: MediaKind, track: MediaStreamTrack, openedAs: string): void {
    const stop = new AbortController();
    if (kind === 'microphone') this.#loudness = { level: this.#loudnessOf(track, stop.signal), stop };
    this.#tracks = { ...this.#tracks, [TRACKS[kind]]: track };
    this.#openedAs[kind] = openedAs;
    // Unplugged, or forbidden again: another may be there, and if none is, that is said.
    track.addEventListener('ended', () => {
      if (this.#tracks[TRACKS[kind]] !== track) return;
      this.#drop(kind);
      this.#events.changed(this.#tracks);
      void this.want(this.#wanted);
    });
  }

  #drop(kind: MediaKind): void {
    const track = this.#tracks[TRACKS[kind]];
    if (!track) return;
    this.#capture.stop(track);
    this.#tracks = { ...this.#tracks, [TRACKS[kind]]: null };
    if (kind === 'camera') return;
    this.#loudness?.stop.abort();
    this.#loudness = null;
  }
}
