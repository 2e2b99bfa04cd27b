import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { SITES } from './src/sites/index.ts';

/** Of this machine, and of the sites whose fixtures it serves under their own names. */
const TEST_HOSTS = [
  'http://localhost/*',
  'http://127.0.0.1/*',
  // Media servers that run on anybody's own machine, and pages that embed players.
  'https://*.home.example/*',
  ...SITES.flatMap(({ hosts }) => hosts.map((host) => `https://${host}/*`)),
];
/**
 * What pages share is in two files, that of nearly all and that of some: each more is a way to the disk and back, before the faces of
 * a call are there again.
 */
const SHARED = /\/(src|node_modules)\/(?!.*emojibase)/;
/** Modules that do nothing when they are imported but make what they export. */
const PURE = /\/src\/(protocol|sync|party|invite)\//;
const ANY_SITE = ['http://*/*', 'https://*/*'];

/**
 * `--mode demo` grants the hosts of tests and demo in the manifest, for tests and the demo, where no person is
 * there to press a permission prompt. The published build has no host permission at all.
 */
export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  imports: false,
  // Styles as they are written: what would stand in for `light-dark()` cannot be asked of a part of a page.
  vite: () => ({
    plugins: [preact()],
    build: {
      cssTarget: ['chrome123', 'firefox140'],
      modulePreload: { polyfill: false },
      // Schemas that a script does not use are left out of it: to make one changes nothing else.
      rolldownOptions: { treeshake: { moduleSideEffects: [{ test: PURE, sideEffects: false }] } },
    },
  }),
  hooks: {
    'vite:build:extendConfig': (entrypoints, { build }) => {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- WXT 0.21 writes its own there, and Vite reads one of the two.
      const output = build?.rollupOptions?.output;
      if (entrypoints.length === 1 || !output || Array.isArray(output)) return;
      output.codeSplitting = {
        groups: [
          { name: 'base', test: SHARED, minShareCount: 4, priority: 1 },
          { name: 'pages', test: SHARED, minShareCount: 2 },
        ],
      };
    },
  },
  zip: { name: 'streamsync', excludeSources: ['test-results/**'] },
  manifest: ({ browser, mode }) => {
    const local = mode === 'demo' ? TEST_HOSTS : [];
    const firefox = browser === 'firefox';
    return {
      name: 'StreamSync',
      description: 'Watch together: the same moment on every screen, with chat. No account, your own server.',
      // Chromium's sites can deny the camera to a frame of ours; an offscreen document captures there. Firefox knows none.
      permissions: ['storage', 'alarms', 'scripting', 'activeTab', ...(firefox ? [] : ['offscreen'])],
      host_permissions: local,
      // Opens the popup where the icon is out of sight, and lets it look into the tab as a click on the icon does.
      commands: {
        [firefox ? '_execute_browser_action' : '_execute_action']: {
          suggested_key: { default: 'Alt+Shift+S' },
        },
        // Named as in src/messaging/overlay.ts, but for the microphone's, which is whoever's has the call. Chromium lets an extension suggest four keys, and silently gives it
        // none that is its own already (C and R among these).
        chat: {
          suggested_key: { default: 'Alt+Shift+K' },
          description: 'Write in the chat over the film, or fold it',
        },
        react: {
          suggested_key: { default: 'Alt+Shift+E' },
          description: 'React to the film with an emoji',
        },
        microphone: {
          suggested_key: { default: 'Alt+Shift+M' },
          description: 'Turn your microphone in the party on or off',
        },
      },
      // The overlay is shown over any site with a film; who may use it is decided by overlay-gate.ts.
      web_accessible_resources: firefox
        ? ['overlay.html']
        : [{ resources: ['overlay.html'], matches: ANY_SITE, use_dynamic_url: true }],
      // Firefox is built as Manifest V2, whose background page is not stopped; V2 calls optional hosts by another name.
      ...(firefox ? { optional_permissions: ANY_SITE } : { optional_host_permissions: ANY_SITE }),
      ...(firefox
        ? {
            browser_specific_settings: {
              gecko: {
                id: 'streamsync@streamsync.example',
                strict_min_version: '140.0',
                data_collection_permissions: {
                  required: ['personalCommunications', 'browsingActivity', 'websiteContent'],
                },
              },
            },
            // The default policy upgrades ws:// to wss://, which would shut out a server on this machine.
            content_security_policy: "script-src 'self'; object-src 'self'",
          }
        : { minimum_chrome_version: '123' }),
    };
  },
});
