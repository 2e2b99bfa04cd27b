import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { netflixPlayer } from '../src/sites/netflix/page-world.ts';
import { serve } from '../src/sites/serve-bridge.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(netflixPlayer));
