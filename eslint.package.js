// The ESLint configuration of every package: Backstage's own, the directions in
// which packages may import each other, and the house rules.
const path = require('node:path');
const createBackstageConfig = require('@backstage/cli/config/eslint-factory');

const ray = suffix => `@ml-platform/backstage-plugin-ray${suffix}`;
const COMMON = ray('-common');
const SDK = '@ml-platform/sdk';

/** What each folder may import of ours. */
const DOORS = {
  'plugins/ray-common': [],
  'packages/sdk': [COMMON],
  'plugins/ray-node': [COMMON],
  'plugins/ray-backend': [SDK, COMMON, ray('-node')],
  'plugins/catalog-backend-module-ray': [SDK, COMMON],
  'plugins/scaffolder-backend-module-ray': [SDK, COMMON],
  'plugins/kubernetes-backend-module-kubeconfig': [SDK],
  'plugins/ray-backend-module-gcs': [ray('-node')],
  'plugins/ray': [COMMON],
  'packages/local': [SDK, COMMON],
  'packages/app': [ray('')],
  'packages/backend': [
    ray('-backend'),
    ray('-backend-module-gcs'),
    '@ml-platform/backstage-plugin-kubernetes-backend-module-kubeconfig',
    '@ml-platform/backstage-plugin-catalog-backend-module-ray',
    '@ml-platform/backstage-plugin-scaffolder-backend-module-ray',
  ],
};

module.exports = function createPackageConfig(dir) {
  const folder = path.relative(__dirname, dir).split(path.sep).join('/');
  const allowed = DOORS[folder];
  if (!allowed) {
    throw new Error(`Say in eslint.package.js what ${folder} may import`);
  }
  return createBackstageConfig(dir, {
    restrictedImportPatterns: [
      '@ml-platform/*',
      ...allowed.map(name => `!${name}`),
      '**/packages/*',
      '**/plugins/*',
    ],
    rules: {
      'max-lines': ['error', { max: 250 }],
    },
    testRules: {
      'max-lines': 'off',
    },
    tsRules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  });
};
