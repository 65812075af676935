/** Who may import whom: docs/architecture.md says why. An undeclared import does not resolve in the first place (pnpm). */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no top to read from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-need-zod-only',
      severity: 'error',
      from: { path: '^packages/contracts/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/contracts/src|node_modules/zod/' },
    },
    {
      name: 'composition-is-pure',
      comment: 'No I/O, no Node modules, no npm: from contracts it takes types.',
      severity: 'error',
      from: { path: '^packages/composition/src', pathNot: '\\.test\\.ts$|/testing/' },
      to: { pathNot: '^packages/(composition|contracts)/' },
    },
    {
      name: 'composition-takes-types-only',
      comment:
        'What is left after the build imports nothing: even from contracts a value would bring zod with it.',
      severity: 'error',
      from: { path: '^packages/composition/dist/.*\\.js$', pathNot: '/testing/' },
      to: { pathNot: '^packages/composition/dist' },
    },
    {
      name: 'publisher-needs-contracts-only',
      severity: 'error',
      from: { path: '^packages/publisher/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/', pathNot: '^packages/(publisher|contracts)/' },
    },
    {
      name: 'services-do-not-import-services',
      severity: 'error',
      from: { path: '^services/(recommenders/[^/]+|[^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'packages-do-not-import-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^services/' },
    },
    {
      name: 'recommenders-know-only-the-mediator',
      comment: 'Examples are what a team would write: SDK, contract, their own catalogue.',
      severity: 'error',
      from: { path: '^services/recommenders/' },
      to: { path: '^packages/(composition|launcher)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(packages|services|bench)/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?<!^packages/composition)/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
