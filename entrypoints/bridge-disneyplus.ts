import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { disneyPlayer } from '../src/sites/disneyplus/page-world.ts';
import { serve } from '../src/sites/serve-bridge.ts';

/** Runs in the page's own world. */
export default defineUnlistedScript(() => serve(disneyPlayer));
