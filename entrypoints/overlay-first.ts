import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

/**
 * Comes before the player script where friends in a call wait for the overlay: it is made as its page begins to load then, and not
 * only when that script has asked for it and been answered.
 */
export default defineUnlistedScript({
  main: () => {
    (globalThis as { streamsyncOverlayFirst?: true }).streamsyncOverlayFirst = true;
  },
});
