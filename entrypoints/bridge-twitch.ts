import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { serve } from '../src/sites/serve-bridge.ts';
import { twitchPlayer } from '../src/sites/twitch/page-world.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(twitchPlayer));
