import { deviceIdOf } from '../rtc/capture.ts';

/** Lets the others be heard, each as loud as the person wants. */
export class RemoteAudio {
  readonly #elements = new Map<string, HTMLAudioElement>();
  readonly #blocked: () => void;
  #speakerId = '';

  /** `blocked`: the browser wants a person's touch before this page may make sound. */
  constructor(blocked: () => void) {
    this.#blocked = blocked;
  }

  setTrack(userId: string, track: MediaStreamTrack | null, volume: number): void {
    const known = this.#elements.get(userId);
    if (!track) {
      known?.pause();
      this.#elements.delete(userId);
      return;
    }
    const element = known ?? new Audio();
    this.#elements.set(userId, element);
    element.srcObject = new MediaStream([track]);
    element.volume = volume;
    if (this.#speakerId !== '') this.#route(element);
    this.#play(element);
  }

  setVolume(userId: string, volume: number): void {
    const element = this.#elements.get(userId);
    if (element) element.volume = volume;
  }

  /** Which loudspeaker; empty for the browser's own choice. */
  sendTo(speakerId: string): void {
    this.#speakerId = speakerId;
    for (const element of this.#elements.values()) this.#route(element);
  }

  play(): void {
    for (const element of this.#elements.values()) this.#play(element);
  }

  stop(): void {
    for (const element of this.#elements.values()) element.pause();
    this.#elements.clear();
  }

  #route(element: HTMLAudioElement): void {
    const to = async () => {
      const found = this.#speakerId === '' ? [] : await navigator.mediaDevices.enumerateDevices();
      await element.setSinkId(deviceIdOf(found, 'audiooutput', this.#speakerId));
    };
    // A loudspeaker that was unplugged: the browser goes on with its own choice.
    if ('setSinkId' in element) void to().catch(() => undefined);
  }

  #play(element: HTMLAudioElement): void {
    void element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#blocked();
    });
  }
}
