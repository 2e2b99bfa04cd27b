import type { CallPeer } from '../messaging/call-port.ts';
import type { ConnectionQuality } from '../rtc/link-meter.ts';
import { SILENCE, type VoiceActivity } from '../rtc/voice-activity.ts';
import type { Tracks } from '../rtc/transport.ts';
import type { Face } from './call-state.ts';
import {
  DEFAULT_VOLUME,
  effectiveVolume,
  type ParticipantVolume,
  type ParticipantVolumes,
} from './participant-volume.ts';
import type { RemoteAudio } from './remote-audio.ts';

const CONNECTED: ReadonlySet<ConnectionQuality> = new Set(['good', 'fair', 'poor']);

interface Participant {
  tracks: Tracks;
  picture: MediaStream | null;
  speech: VoiceActivity;
}

/** The others of a call: what comes from them, who speaks, and how loud this person wants to hear each. */
export class RemoteParticipants {
  readonly #audio: RemoteAudio;
  readonly #participants = new Map<string, Participant>();
  /** Outlives a connection, since another one follows the one that broke. */
  readonly #health = new Map<string, ConnectionQuality>();
  #volumes: ParticipantVolumes;

  constructor(audio: RemoteAudio, volumes: ParticipantVolumes) {
    this.#audio = audio;
    this.#volumes = volumes;
  }

  get volumes(): ParticipantVolumes {
    return this.#volumes;
  }

  /** There is a connection to that peer, and what comes of it so far; `null` when it is gone. */
  came(userId: string, tracks: Tracks | null): void {
    if (!tracks) {
      this.#participants.delete(userId);
      this.#audio.setTrack(userId, null, 0);
      return;
    }
    const { video, audio } = tracks;
    const before = this.#participants.get(userId);
    const picture = before?.tracks.video === video ? before.picture : video && new MediaStream([video]);
    this.#participants.set(userId, { tracks, picture, speech: SILENCE });
    this.#audio.setTrack(userId, audio, effectiveVolume(this.#volume(userId)));
  }

  /** Whether that is news. */
  reported(userId: string, health: ConnectionQuality): boolean {
    if (this.#health.get(userId) === health) return false;
    this.#health.set(userId, health);
    return true;
  }

  setVolume(userId: string, change: Partial<ParticipantVolume>): void {
    const volume = { ...this.#volume(userId), ...change };
    this.#volumes = new Map(this.#volumes).set(userId, volume);
    this.#audio.setVolume(userId, effectiveVolume(volume));
  }

  /**
   * One look at who speaks; whether that changed.
   * @param voiceOf The voice of each now, after what was known of it.
   */
  listen(voiceOf: (userId: string, before: VoiceActivity) => VoiceActivity): boolean {
    let changed = false;
    for (const [userId, participant] of this.#participants) {
      const before = participant.speech.speaking;
      participant.speech = voiceOf(userId, participant.speech);
      changed ||= before !== participant.speech.speaking;
    }
    return changed;
  }

  /** Whether somebody speaks who is heard here. */
  get anyHeard(): boolean {
    const speaking = [...this.#participants].filter(([, { speech }]) => speech.speaking);
    return speaking.some(([userId]) => effectiveVolume(this.#volume(userId)) > 0);
  }

  /** Of everybody in the call, and of whoever there is a connection to: who gets something is seen. */
  faces(peers: readonly CallPeer[]): Face[] {
    return peers.flatMap(({ userId, displayName, media }): Face[] => {
      const participant = this.#participants.get(userId);
      if (!participant && !media?.inCall) return [];
      const health = this.#health.get(userId) ?? 'connecting';
      const nothingComes =
        participant !== undefined && !participant.tracks.audio && !participant.tracks.video;
      return [
        {
          userId,
          displayName,
          // A plain v1 peer cannot say; what comes is shown.
          media: media ?? { inCall: true, microphone: true, camera: true },
          picture: participant?.picture ?? null,
          health,
          receivesOnly: nothingComes && CONNECTED.has(health),
          speaking: participant?.speech.speaking ?? false,
          loudness: this.#volume(userId),
        },
      ];
    });
  }

  /** The call is left; how loud each is to be stays known. */
  clear(): void {
    this.#audio.stop();
    this.#participants.clear();
    this.#health.clear();
  }

  #volume(userId: string): ParticipantVolume {
    return this.#volumes.get(userId) ?? DEFAULT_VOLUME;
  }
}
