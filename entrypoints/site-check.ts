import '../src/messaging/no-eval.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { thisFrame } from '../src/player/site-check/edges.ts';
import { examine } from '../src/player/site-check/examine.ts';

/** Put into a tab's frames when a person asks whether the site works; what it returns is the answer. */
export default defineUnlistedScript({ main: () => examine(thisFrame()) });
