import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { peacockPlayer } from '../src/player/page-world/peacock.ts';
import { serve } from '../src/player/page-world/serve.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(peacockPlayer));
