import type { Browser } from 'wxt/browser';
import {
  keptMessage,
  placeMessage,
  type KeptMessage,
  type KeptReply,
  type PlaceMessage,
} from '../messaging/kept.ts';
import type { OverlayPlaces } from './overlay-places.ts';

type Sender = Browser.runtime.MessageSender;

export interface KeeperEdges {
  /** Lives as long as the browser. */
  session: Pick<Browser.storage.StorageArea, 'get' | 'set' | 'remove'>;
  places: Pick<OverlayPlaces, 'read' | 'write'>;
  /** Whether that is an overlay page of this extension, which anybody may have framed. */
  isOverlay: (sender: Sender) => boolean;
  /** Whether a script of ours has made an overlay with that secret. */
  vouchedFor: (secret: string) => boolean;
  /** Whether that is a script of ours in a page. */
  isScript: (sender: Sender) => boolean;
}

/** Keeps for frames in pages of sites what they cannot keep, or what the site's process is not to read. */
export class Keeper {
  readonly #edges: KeeperEdges;

  constructor(edges: KeeperEdges) {
    this.#edges = edges;
  }

  /** The answer to a message; null for one that is not for here. */
  answer(raw: unknown, sender: Sender): Promise<unknown> | null {
    const kept = keptMessage.safeParse(raw);
    if (kept.success) return this.#edges.isOverlay(sender) ? this.#keep(kept.data) : null;
    const place = placeMessage.safeParse(raw);
    if (place.success) return this.#edges.isScript(sender) ? this.#place(place.data, sender) : null;
    return null;
  }

  async #keep(message: KeptMessage): Promise<KeptReply> {
    const { session, vouchedFor } = this.#edges;
    const { key } = message;
    if (!vouchedFor(message.secret)) return {};
    if (message.keep === 'read') return { kept: await session.get(key) };
    if (message.keep === 'write') await session.set({ [key]: message.value });
    else await session.remove(key);
    return { kept: {} };
  }

  /** Of the site that the browser says the script is on: it can ask for no other. */
  async #place({ overlayPlace: place }: PlaceMessage, { url = '', tab }: Sender): Promise<unknown> {
    const host = URL.canParse(url) ? new URL(url).host : '';
    if (host === '') return null;
    if (!place) return this.#edges.places.read(host);
    // Of a private window nothing is to be left.
    if (tab?.incognito !== true) await this.#edges.places.write(host, place);
    return null;
  }
}
