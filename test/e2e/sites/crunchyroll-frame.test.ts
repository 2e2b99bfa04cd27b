import { CRUNCHYROLL_FRAME } from '../../support/sites/site-facts.ts';
import { watchTogether } from '../../support/sites/watch-together.ts';

watchTogether(CRUNCHYROLL_FRAME);
