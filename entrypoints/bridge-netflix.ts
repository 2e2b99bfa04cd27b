import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { netflixPlayer } from '../src/player/page-world/netflix.ts';
import { serve } from '../src/player/page-world/serve.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(netflixPlayer));
