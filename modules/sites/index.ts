import { resolve } from 'node:path';
import { addViteConfig, defineWxtModule } from 'wxt/modules';
import { SITES } from '../../src/sites/index.ts';
import { bridgeOf } from '../../src/sites/lookup.ts';
import { rulesVersion } from './rules-version.ts';

/** Builds what sites need: a script for each main world, `bridge-<site>.js`, and the version of the rules. */
export default defineWxtModule({
  name: 'sites',
  setup: (wxt) => {
    const folder = resolve(wxt.config.root, 'src/sites');
    wxt.hook('entrypoints:found', (_, infos) => {
      for (const rule of SITES) {
        if (bridgeOf(rule) === null) continue;
        const inputPath = resolve(folder, rule.site, 'page-world.ts');
        infos.push({ name: `bridge-${rule.site}`, inputPath, type: 'unlisted-script' });
      }
    });
    addViteConfig(wxt, () => ({ define: { __RULES_VERSION__: JSON.stringify(rulesVersion(folder)) } }));
  },
});
