/** Where the tests run, as `npm run test:cluster` was told. */
export interface Target {
  /** Kubeconfig of the cluster with Argo CD. */
  readonly management: string;
  /** Kubeconfig of the cluster that Argo CD knows as `workload-cluster`. */
  readonly workload: string;
  /** A repository that Argo CD reads and the tests push to. */
  readonly git: string;
  /** The kubectl command. */
  readonly kubectl: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set; run npm run test:cluster -- --help`);
  }
  return value;
}

export function readTarget(): Target {
  return {
    management: required('TEST_PLATFORM_MANAGEMENT'),
    workload: required('TEST_PLATFORM_WORKLOAD'),
    git: required('TEST_PLATFORM_GIT'),
    kubectl: required('TEST_PLATFORM_KUBECTL'),
  };
}

/** Where images of jobs come from, as the fact `registry` says. */
export const REGISTRY = 'registry.example.com/demo-project/images';

/** The facts that Terraform would hand over. */
export const FACTS: Readonly<Record<string, string>> = {
  'project-id': 'demo-project',
  region: 'europe-west3',
  registry: REGISTRY,
  'logs-bucket': 'demo-project-logs',
  'docs-bucket': 'demo-project-docs',
  'results-bucket': 'demo-project-results',
  'database-connection': 'demo-project:europe-west3:portal',
  'database-user': 'portal@demo-project.iam',
  'argocd-account': 'argocd@demo-project.iam.gserviceaccount.com',
  'portal-account': 'portal@demo-project.iam.gserviceaccount.com',
  'crossplane-account': 'crossplane@demo-project.iam.gserviceaccount.com',
  'secrets-account': 'secrets@demo-project.iam.gserviceaccount.com',
  'workload-cluster': 'ml-platform-workload',
  'metrics-address': '10.20.0.5',
  'builder-account': 'builder@demo-project.iam.gserviceaccount.com',
  'builds-bucket': 'demo-project-builds',
};
