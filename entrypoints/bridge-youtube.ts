import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { youtubePlayer } from '../src/player/page-world/youtube.ts';
import { serve } from '../src/player/page-world/serve.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(youtubePlayer));
