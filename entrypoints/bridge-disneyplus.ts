import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { disneyPlayer } from '../src/player/page-world/disneyplus.ts';
import { serve } from '../src/player/page-world/serve.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(disneyPlayer));
