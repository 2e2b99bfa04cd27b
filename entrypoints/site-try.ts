import '../src/messaging/no-eval.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { thisFrame } from '../src/player/site-check/edges.ts';
import { tryPlayer } from '../src/player/site-check/try-player.ts';

/** Put into the frame of a film when a person agrees to have its player tried. */
export default defineUnlistedScript({ main: () => tryPlayer(thisFrame()) });
