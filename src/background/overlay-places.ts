import type { Browser } from 'wxt/browser';
import { z } from 'zod';
import { overlayPlace, type OverlayPlace } from '../messaging/overlay.ts';
import { Throttle, type After } from '../messaging/throttle.ts';

const KEY = 'overlay_places';
export const KEPT = 50;
/** It is moved with each step of the pointer. */
const STORE_EVERY_MS = 500;

const stored = z.object({
  salt: z.string(),
  /** By what the site's name hashes to; the one that was moved last comes last. */
  places: z.array(z.tuple([z.string(), overlayPlace])),
});

export interface PlacesEdges {
  /** Outlives the browser. In Firefox any page's process could read it, so no site's name is in it. */
  area: Pick<Browser.storage.StorageArea, 'get' | 'set'>;
  hash: (text: string) => Promise<string>;
  newSalt: () => string;
  after?: After;
}

/** Where the person has put the overlay on the sites where they moved it last. */
export class OverlayPlaces {
  readonly #edges: PlacesEdges;
  readonly #storing: Throttle;
  #loaded: Promise<{ salt: string; places: Map<string, OverlayPlace> }> | null = null;

  constructor(edges: PlacesEdges) {
    this.#edges = edges;
    this.#storing = new Throttle(() => void this.#store(), STORE_EVERY_MS, edges.after);
  }

  async read(host: string): Promise<OverlayPlace | null> {
    const { places } = await this.#load();
    return places.get(await this.#nameOf(host)) ?? null;
  }

  async write(host: string, place: OverlayPlace): Promise<void> {
    const [{ places }, name] = await Promise.all([this.#load(), this.#nameOf(host)]);
    places.delete(name);
    places.set(name, place);
    for (const oldest of [...places.keys()].slice(0, -KEPT)) places.delete(oldest);
    this.#storing.ask();
  }

  #load(): Promise<{ salt: string; places: Map<string, OverlayPlace> }> {
    // What could not be read is not overwritten, but tried again.
    this.#loaded ??= this.#read().catch((error: unknown) => {
      this.#loaded = null;
      throw error;
    });
    return this.#loaded;
  }

  async #read() {
    const found: unknown = (await this.#edges.area.get(KEY))[KEY];
    const { salt, places } = stored.safeParse(found).data ?? { salt: this.#edges.newSalt(), places: [] };
    return { salt, places: new Map(places) };
  }

  async #nameOf(host: string): Promise<string> {
    const { salt } = await this.#load();
    return this.#edges.hash(`${salt} ${host}`);
  }

  async #store(): Promise<void> {
    const { salt, places } = await this.#load();
    await this.#edges.area.set({ [KEY]: { salt, places: [...places] } });
  }
}

const HASH_BYTES = 8;

/** What a site is kept by. */
export async function siteHash(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const bytes = new Uint8Array(hash).slice(0, HASH_BYTES);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
