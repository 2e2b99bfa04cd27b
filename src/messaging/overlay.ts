import { z } from 'zod';
import { field } from '../protocol/index.ts';

/** A secret of one overlay: made by the player script, told to its own iframe and to the background, never to the page. */
export const overlaySecret = z.string().min(16).max(128);

/** Overlay page to background: "the player script of this tab has made me". */
export const overlayClaim = z.object({ secret: overlaySecret });

/** Where an overlay page is: over the film, or in a window of its own that stays above all others. */
export const overlayWhere = z.enum(['film', 'window']);

/**
 * Player script to its overlay, by `postMessage` to the extension's origin only. With it comes the port for all that
 * follows: whatever is posted to windows a page can hear, and answer.
 */
export const overlayGreeting = z.object({
  streamsync: z.literal('overlay'),
  secret: overlaySecret,
  where: overlayWhere,
  open: z.boolean(),
  /** Whether a window of its own can be opened from here. */
  canPopOut: z.boolean(),
});

export const OVERLAY_SIZE_PX = {
  width: { min: 240, max: 800, first: 320 },
  height: { min: 300, max: 1200, first: 520 },
} as const;
const sizePx = ({ min, max, first }: { min: number; max: number; first: number }) =>
  z.number().min(min).max(max).default(first);

/** How the overlay stands over the film: where, as parts of the window that is left free, whether unfolded, how large then. */
export const overlayPlace = z.object({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  open: z.boolean(),
  widthPx: sizePx(OVERLAY_SIZE_PX.width),
  heightPx: sizePx(OVERLAY_SIZE_PX.height),
});

/** What a key of the browser (`commands`) asks of the overlay. */
export const overlayAct = z.enum(['chat', 'react']);

/** Player script to its overlay, by their port. */
export const toOverlay = z.discriminatedUnion('type', [
  /** Nobody has touched the page for a while, as when a site hides its controls. */
  z.object({ type: z.literal('idle'), idle: z.boolean() }),
  z.object({ type: z.literal('act'), act: overlayAct }),
  /** What is dragged here has come so far on the screen, beyond this frame. */
  z.object({ type: z.literal('dragged'), screenX: z.number(), screenY: z.number(), down: z.boolean() }),
  /** The site took the keys from what was being written: go on there. */
  z.object({ type: z.literal('focus') }),
  /** The window of its own was opened, or closed. */
  z.object({ type: z.literal('companion'), open: z.boolean() }),
]);

const byPx = z.number().min(-4000).max(4000);

/** Overlay page to the player script around it, by their port. */
export const fromOverlay = z.discriminatedUnion('type', [
  /** What is shown while it is folded is so large; unfolded it has the size that the person chose. */
  z.object({
    type: z.literal('size'),
    widthPx: z.number().min(1).max(4000),
    heightPx: z.number().min(1).max(4000),
  }),
  z.object({ type: z.literal('open'), open: z.boolean() }),
  /** The person drags it by so much. */
  z.object({ type: z.literal('move'), dxPx: byPx, dyPx: byPx }),
  /** The person drags its lower left corner by so much. */
  z.object({ type: z.literal('resize'), dxPx: byPx, dyPx: byPx }),
  /** Whether the person writes in it, so that the site may not have the keys. */
  z.object({ type: z.literal('typing'), typing: z.boolean() }),
  /** The person is done here: the keys are the site's again. */
  z.object({ type: z.literal('yield') }),
  /** Let one emoji float over the film. */
  z.object({ type: z.literal('float'), emoji: field.emoji }),
  /** Something of the page lies over it. */
  z.object({ type: z.literal('covered') }),
  /** Open the window of its own. */
  z.object({ type: z.literal('pop_out') }),
]);

export type FromOverlay = z.infer<typeof fromOverlay>;
export type ToOverlay = z.infer<typeof toOverlay>;
export type OverlayAct = z.infer<typeof overlayAct>;
export type OverlayPlace = z.infer<typeof overlayPlace>;
export type OverlayGreeting = z.infer<typeof overlayGreeting>;
