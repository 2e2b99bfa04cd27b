import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serve } from '../src/player/page-world/serve.ts';
import { twitchPlayer } from '../src/player/page-world/twitch.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(twitchPlayer));
