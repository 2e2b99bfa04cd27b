import type { Loudness } from './ducking.ts';

/** The part of a film that is changed and listened to. */
export type VolumeEdge = EventTarget & Pick<HTMLMediaElement, 'volume' | 'muted'>;

export interface QuietVolumeEdges {
  /** What hears of an event before the page’s own listeners at the film do: its window. */
  above: Pick<EventTarget, 'addEventListener'>;
  /** Somebody else changed volume or mute; called before the page hears of it. */
  changed: () => void;
  signal: AbortSignal;
}

/** Sites and browsers round what they are told. */
const SAME = 0.005;

/**
 * The volume of a film, changed without its page being told: many sites store what a `volumechange` tells them, and would
 * then start the next film as quiet as this one is while friends speak. What others change is told as ever.
 */
export function quietVolume(film: VolumeEdge, { above, changed, signal }: QuietVolumeEdges): Loudness {
  const passed = new WeakSet<Event>();
  let untold = 0;
  let written = film.volume;
  let { muted } = film;
  const heard = (event: Event) => {
    if (event.target !== film || passed.has(event) || !event.isTrusted) return;
    if (untold > 0 && Math.abs(film.volume - written) <= SAME && film.muted === muted) {
      untold -= 1;
      event.stopImmediatePropagation();
      return;
    }
    passed.add(event);
    ({ muted } = film);
    changed();
  };
  // At the film too: from within a shadow tree this event does not get out to the window.
  for (const place of [above, film]) place.addEventListener('volumechange', heard, { capture: true, signal });
  return {
    get volume() {
      return film.volume;
    },
    set volume(volume) {
      if (volume === film.volume) return;
      untold += 1;
      written = volume;
      film.volume = volume;
    },
  };
}
