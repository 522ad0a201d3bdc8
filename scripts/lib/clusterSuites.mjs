import { resolve } from 'node:path';
import { readOptions } from './options.mjs';
import { Problem } from './problem.mjs';

const HELP = `Usage: npm run test:cluster -- [options]

Runs the tests on real clusters that the options are given for, and says which it left
out. All of them change what is on the clusters: use clusters that are only for tests.

The portal, on a cluster with KubeRay and room for two Ray clusters of 1 GiB each. The
tests delete all Ray jobs and clusters in the namespaces ml-platform-test and training,
and apply kubernetes/rbac:

  --kubeconfig PATH  of the cluster, with rights to do all that
  --context NAME     its context (default: the current one)
  --image REF        image with Ray that the nodes can pull
                     (default rayproject/ray:2.55.1-py311)
  --ray-version V    version of Ray in it (default 2.55.1)
  --ray-controller   run the embedded RayJob controller, for a cluster that has
                     KubeRay's CRDs but no operator
  --restart-api-server COMMAND
                     a shell command that restarts the cluster's API server
  --builder-image REF
                     an image of packages/images/builder that the nodes can pull: tests
                     builds of images in the cluster
  --registry REGISTRY
                     where they are pushed: the tests, the pods and the nodes reach it
  --plain-http       the registry has no TLS
  --bursts           also tests logs of 200 MB, which takes ten minutes

The whole journey, from the form in a browser by a pod that builds and by Argo CD to the
log. It needs Chromium, all of the above but --restart-api-server, --kubectl, and:

  --argocd PATH      kubeconfig of a cluster with Argo CD, which runs on this machine and
                     knows the cluster of --kubeconfig as workload-cluster. The tests
                     change its settings
  --argocd-api URL   address of its API, as this machine reaches it
  --address ADDRESS  of this machine, as pods reach it

The portal's image, as two pods of that cluster. It needs kubectl, Chromium, a way from
this machine to the addresses of pods and services, and:

  --portal-image REF the image
  --portal-next-image REF
                     that image with a migration more (e2e/cluster/nextPortal)
  --portal-database URL
                     an empty PostgreSQL database, as pods reach it
  --address ADDRESS  as above

gitops/, which Argo CD brings to two clusters. They need no nodes. The tests change Argo
CD's settings, and leave on both clusters what they brought:

  --management PATH  kubeconfig of a cluster with Argo CD, External Secrets, and the
                     resource definitions of Crossplane and the Prometheus operator
  --workload PATH    kubeconfig of the cluster that this Argo CD knows as
                     workload-cluster, with Kueue and KubeRay's resource definitions
  --git URL          an empty repository that Argo CD reads and you can push to
  --kubectl PATH     the kubectl command (default: kubectl)

The storage of workloads, on a cluster with Crossplane 2.1 and the CRDs of
provider-upjet-gcp 3.0. The tests play this provider, so it must not run there. They use
the namespace ml-platform-test, and apply
gitops/infrastructure/crossplane/workload-storage and kubernetes/rbac/management:

  --crossplane PATH  kubeconfig of the cluster, with rights to do all that
  --crossplane-context NAME
                     its context (default: the current one)
  --run-function COMMAND
                     a shell command that runs the file $FUNCTION with Node, tells
                     Crossplane where it is, and ends when it is told to (default:
                     Crossplane runs the function's package)

For all:

  --suite NAME       only this of gitops, storage, portal, journey and portal-image; repeat
                     it for each
  --grep PATTERN     only tests whose title matches
  --help             this text

Examples:
  npm run test:cluster -- --kubeconfig ~/.kube/config --context kind-kind
  npm run test:cluster -- --crossplane ~/.kube/config
`;

const OPTIONS = {
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  image: { type: 'string', default: 'rayproject/ray:2.55.1-py311' },
  'ray-version': { type: 'string', default: '2.55.1' },
  'ray-controller': { type: 'boolean', default: false },
  'restart-api-server': { type: 'string' },
  'builder-image': { type: 'string' },
  registry: { type: 'string' },
  'plain-http': { type: 'boolean', default: false },
  bursts: { type: 'boolean', default: false },
  argocd: { type: 'string' },
  'argocd-api': { type: 'string' },
  'portal-image': { type: 'string' },
  'portal-next-image': { type: 'string' },
  'portal-database': { type: 'string' },
  address: { type: 'string' },
  management: { type: 'string' },
  workload: { type: 'string' },
  git: { type: 'string' },
  kubectl: { type: 'string', default: 'kubectl' },
  crossplane: { type: 'string' },
  'crossplane-context': { type: 'string' },
  'run-function': { type: 'string' },
  suite: { type: 'string', multiple: true, default: [] },
  grep: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** How the tests of the portal are told of the cluster. */
const portalTarget = values => ({
  TEST_CLUSTER_KUBECONFIG: resolve(values.kubeconfig),
  TEST_CLUSTER_CONTEXT: values.context,
  TEST_CLUSTER_IMAGE: values.image,
  TEST_CLUSTER_RAY_VERSION: values['ray-version'],
  TEST_CLUSTER_RAY_CONTROLLER: String(values['ray-controller']),
  TEST_CLUSTER_RESTART_API_SERVER: values['restart-api-server'],
});

/** How tests are told what builds images in the cluster. */
const buildTarget = values => ({
  TEST_CLUSTER_BUILDER_IMAGE: values['builder-image'],
  TEST_CLUSTER_REGISTRY: values.registry,
  TEST_CLUSTER_PLAIN_HTTP: String(values['plain-http']),
});

/**
 * The suites in the order in which they run: the options that each needs, what is built
 * for it, and how Playwright is told of the cluster.
 */
const CLUSTER_SUITES = [
  {
    name: 'gitops',
    title: 'gitops/ on two real clusters',
    needs: ['management', 'workload', 'git'],
    config: 'e2e/platform.config.ts',
    env: values => ({
      TEST_PLATFORM_MANAGEMENT: resolve(values.management),
      TEST_PLATFORM_WORKLOAD: resolve(values.workload),
      TEST_PLATFORM_GIT: values.git,
      TEST_PLATFORM_KUBECTL: values.kubectl,
    }),
  },
  {
    name: 'storage',
    title: 'The storage of workloads on a real cluster',
    needs: ['crossplane'],
    builds: ['function'],
    config: 'e2e/management.config.ts',
    env: values => ({
      TEST_MANAGEMENT_KUBECONFIG: resolve(values.crossplane),
      TEST_MANAGEMENT_CONTEXT: values['crossplane-context'],
      TEST_MANAGEMENT_RUN_FUNCTION: values['run-function'],
    }),
  },
  {
    name: 'portal',
    title: 'The portal on a real cluster',
    needs: ['kubeconfig'],
    builds: ['portal', 'cli'],
    config: 'e2e/cluster.config.ts',
    env: values => ({
      ...portalTarget(values),
      ...buildTarget(values),
      TEST_CLUSTER_BURSTS: values.bursts ? 'true' : undefined,
    }),
  },
  {
    name: 'journey',
    title: 'The journey on a real cluster, with Argo CD',
    needs: ['kubeconfig', 'builder-image', 'argocd', 'argocd-api', 'address'],
    builds: ['portal'],
    config: 'e2e/journey.config.ts',
    env: values => ({
      ...portalTarget(values),
      ...buildTarget(values),
      TEST_CLUSTER_ARGOCD: resolve(values.argocd),
      TEST_CLUSTER_ARGOCD_API: values['argocd-api'],
      TEST_CLUSTER_KUBECTL: values.kubectl,
      TEST_CLUSTER_ADDRESS: values.address,
    }),
  },
  {
    name: 'portal-image',
    title: "The portal's image on a real cluster",
    needs: [
      'kubeconfig',
      'portal-image',
      'portal-next-image',
      'portal-database',
      'address',
    ],
    config: 'e2e/portalImage.config.ts',
    env: values => ({
      ...portalTarget(values),
      TEST_CLUSTER_PORTAL_IMAGE: values['portal-image'],
      TEST_CLUSTER_PORTAL_NEXT_IMAGE: values['portal-next-image'],
      TEST_CLUSTER_PORTAL_DATABASE: values['portal-database'],
      TEST_CLUSTER_ADDRESS: values.address,
    }),
  },
];

/** The suites that the options choose; all of them where they choose none. */
function chosenSuites(names) {
  const unknown = names.find(
    name => !CLUSTER_SUITES.some(suite => suite.name === name),
  );
  if (unknown !== undefined) {
    const known = CLUSTER_SUITES.map(({ name }) => name).join(', ');
    throw new Problem(`--suite ${unknown} is not one of ${known}`);
  }
  return CLUSTER_SUITES.filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
}

/**
 * Reads the options, and which suites they choose; `undefined` after the help was printed.
 * @throws {Problem} when no suite can run
 */
export function readClusterOptions() {
  const values = readOptions(OPTIONS, HELP);
  if (values.help) {
    process.stdout.write(HELP);
    return undefined;
  }
  const suites = chosenSuites(values.suite);
  const runs = ({ needs }) => needs.every(name => values[name]);
  if (!suites.some(runs)) {
    throw new Problem(
      `Say which cluster: npm run test:cluster -- --kubeconfig PATH\n\n${HELP}`,
    );
  }
  if (values['builder-image'] && !values.registry) {
    throw new Problem('--builder-image needs --registry');
  }
  return { values, suites };
}
