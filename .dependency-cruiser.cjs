/** The layers of docs/architecture.md as rules. A module may import its own layer and those listed. */
const only = (layer, allowed) => ({
  name: `${layer}-imports`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}/`) },
});
const onlyFrom = (name, packages, allowed) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path: packages.map((one) => `node_modules/${one}/`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      // Subjects of one layer (src/domain/cart, src/domain/request) use each other in one direction only. What lies
      // directly in the layer's folder is shared by all of its subjects.
      name: 'subjects-one-way',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/[^/]+/[^/]+$' },
      to: { circular: true, viaOnly: { path: '^src/[^/]+/[^/]+$' } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('domain', []),
    only('fleet', ['domain']),
    only('slack', ['domain']),
    only('store', ['domain']),
    only('views', ['domain']),
    only('services', ['domain', 'fleet', 'store']),
    only('presenters', ['domain', 'services', 'slack', 'views']),
    only('handlers', ['domain', 'services', 'presenters', 'slack', 'views']),
    only('jobs', ['domain', 'services', 'presenters', 'slack', 'views']),
    {
      name: 'slack-packages-only-at-the-edge',
      severity: 'error',
      from: { path: '^src/(domain|fleet|store|services)/', pathNot: '^src/domain/surfaces\\.ts$' },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'slack-types-only-below-the-edge',
      severity: 'error',
      from: { path: '^src/(domain|views)/' },
      to: { path: 'node_modules/@slack/', dependencyTypesNot: ['type-only'] },
    },
    onlyFrom('redis-only-in-store', ['ioredis'], ['^src/store/']),
    onlyFrom('queue-only-in-jobs', ['bullmq'], ['^src/jobs/']),
    onlyFrom('node-fetch-only-in-main', ['node-fetch'], ['^src/main\\.ts$', '^src/fleet/http\\.ts$']),
    {
      name: 'only-edges-touch-node',
      severity: 'error',
      from: { path: '^src/(domain|views|services|presenters|handlers|jobs)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shipped-code-imports-no-sandbox',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
