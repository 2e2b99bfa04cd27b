import { z } from 'zod';

/** The port of an overlay page to the background; its first message is {@link overlayClaim}. */
export const OVERLAY_PORT = 'overlay';

/** A secret of one overlay: made by the player script, told to its own iframe and to the background, never to the page. */
export const overlaySecret = z.string().min(16).max(128);

/** Overlay page to background: "the player script of this tab has made me". */
export const overlayClaim = z.object({ secret: overlaySecret });

/** Player script to its overlay, by `postMessage` to the extension's origin only. */
export const toOverlay = z.object({
  streamsync: z.literal('secret'),
  secret: overlaySecret,
  open: z.boolean(),
});

/** How the overlay stands over the film: where, as parts of the window that is left free, and whether unfolded. */
export const overlayPlace = z.object({
  x: z.number().min(0).max(1),
  y: z.number().min(0).max(1),
  open: z.boolean(),
});

/** Overlay page to the player script around it, by `postMessage`; that checks who sent it. */
export const fromOverlay = z.discriminatedUnion('streamsync', [
  z.object({ streamsync: z.literal('ready') }),
  z.object({
    streamsync: z.literal('size'),
    widthPx: z.number().min(1).max(4000),
    heightPx: z.number().min(1).max(4000),
  }),
  z.object({ streamsync: z.literal('open'), open: z.boolean() }),
  /** The person drags it by so much. */
  z.object({
    streamsync: z.literal('move'),
    dxPx: z.number().min(-4000).max(4000),
    dyPx: z.number().min(-4000).max(4000),
  }),
]);

export type FromOverlay = z.infer<typeof fromOverlay>;
export type OverlayPlace = z.infer<typeof overlayPlace>;
