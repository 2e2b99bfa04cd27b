import type { CallPeer } from '../../messaging/call-port.ts';
import type { ConnectionQuality } from '../../rtc/link-meter.ts';
import { SILENCE, type VoiceActivity } from '../../rtc/voice-activity.ts';
import type { Tracks } from '../../rtc/transport.ts';
import type { Face } from './call-state.ts';
import { AS_THEY_ARE, loudnessWanted, type Hearing, type Hearings } from './hearing.ts';
import type { Voices } from './voices.ts';

const CONNECTED: ReadonlySet<ConnectionQuality> = new Set(['good', 'fair', 'poor']);

interface Other {
  tracks: Tracks;
  picture: MediaStream | null;
  speech: VoiceActivity;
}

/** The others of a call: what comes from them, who speaks, and how loud this person wants to hear each. */
export class Others {
  readonly #voices: Voices;
  readonly #others = new Map<string, Other>();
  /** Outlives a connection, since another one follows the one that broke. */
  readonly #health = new Map<string, ConnectionQuality>();
  #hearings: Hearings;

  constructor(voices: Voices, hearings: Hearings) {
    this.#voices = voices;
    this.#hearings = hearings;
  }

  get hearings(): Hearings {
    return this.#hearings;
  }

  /** There is a connection to that peer, and what comes of it so far; `null` when it is gone. */
  came(userId: string, tracks: Tracks | null): void {
    if (!tracks) {
      this.#others.delete(userId);
      this.#voices.hear(userId, null, 0);
      return;
    }
    const { video, audio } = tracks;
    const before = this.#others.get(userId);
    const picture = before?.tracks.video === video ? before.picture : video && new MediaStream([video]);
    this.#others.set(userId, { tracks, picture, speech: SILENCE });
    this.#voices.hear(userId, audio, loudnessWanted(this.#hearing(userId)));
  }

  /** Whether that is news. */
  reported(userId: string, health: ConnectionQuality): boolean {
    if (this.#health.get(userId) === health) return false;
    this.#health.set(userId, health);
    return true;
  }

  hear(userId: string, change: Partial<Hearing>): void {
    const hearing = { ...this.#hearing(userId), ...change };
    this.#hearings = new Map(this.#hearings).set(userId, hearing);
    this.#voices.setVolume(userId, loudnessWanted(hearing));
  }

  /**
   * One look at who speaks; whether that changed.
   * @param voiceOf The voice of each now, after what was known of it.
   */
  listen(voiceOf: (userId: string, before: VoiceActivity) => VoiceActivity): boolean {
    let changed = false;
    for (const [userId, other] of this.#others) {
      const before = other.speech.speaking;
      other.speech = voiceOf(userId, other.speech);
      changed ||= before !== other.speech.speaking;
    }
    return changed;
  }

  /** Whether somebody speaks who is heard here. */
  get anyHeard(): boolean {
    const speaking = [...this.#others].filter(([, { speech }]) => speech.speaking);
    return speaking.some(([userId]) => loudnessWanted(this.#hearing(userId)) > 0);
  }

  /** Of everybody in the call, and of whoever there is a connection to: who gets something is seen. */
  faces(peers: readonly CallPeer[]): Face[] {
    return peers.flatMap(({ userId, displayName, media }): Face[] => {
      const other = this.#others.get(userId);
      if (!other && !media?.inCall) return [];
      const health = this.#health.get(userId) ?? 'connecting';
      const nothingComes = other !== undefined && !other.tracks.audio && !other.tracks.video;
      return [
        {
          userId,
          displayName,
          // A plain v1 peer cannot say; what comes is shown.
          media: media ?? { inCall: true, microphone: true, camera: true },
          picture: other?.picture ?? null,
          health,
          receivesOnly: nothingComes && CONNECTED.has(health),
          speaking: other?.speech.speaking ?? false,
          hearing: this.#hearing(userId),
        },
      ];
    });
  }

  /** The call is left; how loud each is to be stays known. */
  clear(): void {
    this.#voices.stop();
    this.#others.clear();
    this.#health.clear();
  }

  #hearing(userId: string): Hearing {
    return this.#hearings.get(userId) ?? AS_THEY_ARE;
  }
}
