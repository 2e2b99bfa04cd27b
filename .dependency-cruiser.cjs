/** The layers of docs/architecture.md: arrows point down, and this file makes them. */
const browserSide = '^(src/(party|invite|player|sites|messaging|background|rtc|call|ui)|entrypoints)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'protocol-is-the-ground-floor',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/protocol/' },
    },
    {
      name: 'sync-rests-on-protocol-only',
      severity: 'error',
      from: { path: '^src/sync/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(sync|protocol)/' },
    },
    {
      name: 'party-is-pure',
      comment: 'The session rests on protocol and sync; browsers and sockets come in as effects.',
      severity: 'error',
      from: { path: '^src/party/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(party|sync|protocol)/' },
    },
    {
      name: 'invite-rests-on-protocol-only',
      comment: 'Links, names and keys of rooms are there before any session is.',
      severity: 'error',
      from: { path: '^src/invite/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(invite|protocol)/' },
    },
    {
      name: 'rtc-rests-on-protocol-only',
      comment:
        'Peer connections know neither pages nor the background: what carries their signals is handed in.',
      severity: 'error',
      from: { path: '^src/rtc/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(rtc|protocol)/' },
    },
    {
      name: 'sites-know-no-player',
      comment:
        'What is known of a site is data, and code that reads a page. Who drives its video imports it.',
      severity: 'error',
      from: { path: '^src/sites/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(sites|messaging|protocol)/' },
    },
    {
      name: 'messaging-knows-no-context',
      comment: 'Messages are between contexts, so all of them import it and it imports none of them.',
      severity: 'error',
      from: { path: '^src/messaging/' },
      to: { path: '^src/(ui|player|background|call|sites)/' },
    },
    {
      name: 'call-knows-no-pages',
      comment: 'A page with a call makes it and draws it. The call has no line of user interface.',
      severity: 'error',
      from: { path: '^src/call/' },
      to: { path: '^(src|entrypoints)/', pathNot: '^src/(call|rtc|messaging|protocol)/' },
    },
    {
      name: 'player-knows-no-other-context',
      severity: 'error',
      from: { path: '^src/player/' },
      to: { path: '^src/(ui|background|call)/' },
    },
    {
      name: 'ui-knows-no-other-context',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(background|player|sites)/' },
    },
    {
      name: 'background-knows-no-other-context',
      severity: 'error',
      from: { path: '^src/background/' },
      to: { path: '^src/(ui|player|call)/' },
    },
    {
      name: 'pure-layers-import-no-platform',
      severity: 'error',
      from: { path: '^src/(protocol|sync|party|invite)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: '^node_modules/zod/' },
    },
    {
      name: 'server-knows-no-browser',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: browserSide },
    },
    {
      name: 'browser-knows-no-server',
      severity: 'error',
      from: { path: browserSide },
      to: { path: '^src/server/' },
    },
    {
      name: 'entrypoints-are-imported-by-nobody',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^entrypoints/' },
    },
    {
      name: 'product-imports-no-tests',
      severity: 'error',
      from: { path: '^(src|entrypoints)/' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
