// The ESLint configuration of every package: Backstage's own, the directions in
// which packages may import each other, and the house rules.
const path = require('node:path');
const createBackstageConfig = require('@backstage/cli/config/eslint-factory');

const ours = name => `@ml-platform/${name}`;
const plugin = name => ours(`backstage-plugin-${name}`);
const embedded = name => ours(`embedded-${name}`);

const RAYJOB = ours('rayjob');
const RECORDINGS = ours('recordings');
const PARAMETERS = ours('parameters');
const KUBE = ours('kube');
const GITOPS = ours('gitops');
const IMAGES = ours('images');
const SDK = ours('sdk');
const STORAGE = ours('workload-storage');
const RUNTIME = embedded('controller-runtime');

/** What each folder may import of ours. */
const DOORS = {
  'packages/recordings': [],
  'packages/rayjob': [],
  'packages/parameters': [],
  'packages/kube': [],
  'packages/gitops': [RAYJOB],
  'packages/images': [KUBE],
  'packages/workload-storage': [],
  'packages/function-workload-storage': [STORAGE],
  'packages/sdk': [RAYJOB, PARAMETERS, KUBE, GITOPS, IMAGES],
  'packages/cli': [RAYJOB, PARAMETERS, SDK],
  'plugins/ray-common': [RAYJOB, PARAMETERS],
  'plugins/ray-node': [
    RAYJOB,
    PARAMETERS,
    KUBE,
    GITOPS,
    IMAGES,
    plugin('ray-common'),
  ],
  'plugins/ray-backend': [
    RAYJOB,
    PARAMETERS,
    KUBE,
    GITOPS,
    IMAGES,
    SDK,
    STORAGE,
    plugin('ray-common'),
    plugin('ray-node'),
  ],
  'plugins/catalog-backend-module-ray': [RAYJOB, KUBE, SDK],
  'plugins/scaffolder-backend-module-ray': [
    RAYJOB,
    PARAMETERS,
    GITOPS,
    IMAGES,
    SDK,
    STORAGE,
    plugin('ray-node'),
  ],
  'plugins/kubernetes-backend-module-kubeconfig': [KUBE],
  'plugins/ray-backend-module-gcs': [plugin('ray-node')],
  'plugins/ray-backend-module-notifications': [RAYJOB, plugin('ray-node')],
  'plugins/search-backend-module-ray': [
    RAYJOB,
    plugin('ray-common'),
    plugin('ray-node'),
  ],
  'plugins/permission-backend-module-ray': [
    plugin('ray-common'),
    plugin('ray-node'),
  ],
  'plugins/ray-backend-module-cloudbuild': [IMAGES, plugin('ray-node')],
  'plugins/ray': [RAYJOB, PARAMETERS, plugin('ray-common')],
  'packages/app': [plugin('ray')],
  'packages/backend': [
    plugin('ray-backend'),
    plugin('ray-backend-module-gcs'),
    plugin('ray-backend-module-cloudbuild'),
    plugin('ray-backend-module-notifications'),
    plugin('kubernetes-backend-module-kubeconfig'),
    plugin('catalog-backend-module-ray'),
    plugin('permission-backend-module-ray'),
    plugin('scaffolder-backend-module-ray'),
    plugin('search-backend-module-ray'),
  ],
  'embedded/apiserver': [KUBE, RAYJOB],
  'embedded/controller-runtime': [KUBE],
  'embedded/images': [KUBE, IMAGES],
  'embedded/builder': [KUBE, IMAGES, embedded('images')],
  'embedded/githost': [KUBE],
  'embedded/kubecontroller': [KUBE, RUNTIME],
  'embedded/kubelet': [KUBE, RAYJOB, RUNTIME, embedded('images')],
  'embedded/raycontroller': [KUBE, RAYJOB, RUNTIME],
  'embedded/syncloop': [KUBE, RAYJOB, RUNTIME],
  'embedded/platform': [
    KUBE,
    RAYJOB,
    ...[
      'apiserver',
      'builder',
      'githost',
      'images',
      'kubecontroller',
      'kubelet',
      'raycontroller',
      'syncloop',
    ].map(embedded),
  ],
};

/** Whose stand-ins the tests of a folder may use: the door `/testUtils`, nothing else. */
const TEST_DOORS = {
  'packages/cli': [KUBE, IMAGES],
  'packages/backend': [KUBE],
  'embedded/kubecontroller': [embedded('apiserver')],
  'embedded/kubelet': [embedded('apiserver')],
  'embedded/raycontroller': [embedded('apiserver')],
  'embedded/syncloop': [embedded('apiserver'), embedded('githost')],
};

/** Who is held to recordings of the operator; as a devDependency, only tests may import it. */
const RECORDED = [
  'packages/rayjob',
  'plugins/ray-backend',
  'embedded/raycontroller',
];

module.exports = function createPackageConfig(dir) {
  const folder = path.relative(__dirname, dir).split(path.sep).join('/');
  const allowed = DOORS[folder];
  if (!allowed) {
    throw new Error(`Say in eslint.package.js what ${folder} may import`);
  }
  const standIns = TEST_DOORS[folder] ?? [];
  const recordings = RECORDED.includes(folder) ? [RECORDINGS] : [];
  return createBackstageConfig(dir, {
    restrictedImports: standIns.map(name => ({
      name,
      message: `Tests may use ${name}/testUtils; nothing else of it is for this folder.`,
    })),
    restrictedImportPatterns: [
      '@ml-platform/*',
      ...[...allowed, ...recordings].map(name => `!${name}`),
      ...standIns.map(name => `!${name}`),
      '**/packages/*',
      '**/plugins/*',
      '**/embedded/*',
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
