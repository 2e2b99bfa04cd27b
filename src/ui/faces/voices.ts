import { deviceIdOf } from '../../rtc/capture.ts';

/** Lets the others be heard, each as loud as the person wants. */
export class Voices {
  readonly #voices = new Map<string, HTMLAudioElement>();
  readonly #blocked: () => void;
  #speakerId = '';

  /** `blocked`: the browser wants a person's touch before this page may make sound. */
  constructor(blocked: () => void) {
    this.#blocked = blocked;
  }

  hear(userId: string, track: MediaStreamTrack | null, volume: number): void {
    const known = this.#voices.get(userId);
    if (!track) {
      known?.pause();
      this.#voices.delete(userId);
      return;
    }
    const voice = known ?? new Audio();
    this.#voices.set(userId, voice);
    voice.srcObject = new MediaStream([track]);
    voice.volume = volume;
    if (this.#speakerId !== '') this.#route(voice);
    this.#play(voice);
  }

  setVolume(userId: string, volume: number): void {
    const voice = this.#voices.get(userId);
    if (voice) voice.volume = volume;
  }

  /** Which loudspeaker; empty for the browser's own choice. */
  sendTo(speakerId: string): void {
    this.#speakerId = speakerId;
    for (const voice of this.#voices.values()) this.#route(voice);
  }

  play(): void {
    for (const voice of this.#voices.values()) this.#play(voice);
  }

  stop(): void {
    for (const voice of this.#voices.values()) voice.pause();
    this.#voices.clear();
  }

  #route(voice: HTMLAudioElement): void {
    const to = async () => {
      const found = this.#speakerId === '' ? [] : await navigator.mediaDevices.enumerateDevices();
      await voice.setSinkId(deviceIdOf(found, 'audiooutput', this.#speakerId));
    };
    // A loudspeaker that was unplugged: the browser goes on with its own choice.
    if ('setSinkId' in voice) void to().catch(() => undefined);
  }

  #play(voice: HTMLAudioElement): void {
    void voice.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#blocked();
    });
  }
}
