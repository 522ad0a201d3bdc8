#!/usr/bin/env node
// What Argo CD would apply to both clusters: rendered with Helm and kustomize, held to
// the projects, and to strict schemas. Needs no cluster.
import { ensureDependencies } from './lib/dependencies.mjs';
import { readOptions } from './lib/options.mjs';
import { main } from './lib/problem.mjs';
import { stage } from './lib/stage.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';

const HELP = `Usage: npm run test:gitops -- [options]

Renders gitops/ and kubernetes/ as Argo CD and kubectl do, and checks the results: files
that are missing, what projects don't allow, and fields that aren't in the schema of their
kind.

  --helm PATH             the helm command (default: helm)
  --kustomize PATH        the kustomize command (default: kustomize)
  --kubeconform PATH      the kubeconform command (default: kubeconform)
  --schema-location TEXT  where kubeconform finds schemas; may be repeated (default:
                          Kubernetes' own and the CRDs catalog, from the internet)
  --help                  this text
`;

const OPTIONS = {
  helm: { type: 'string', default: 'helm' },
  kustomize: { type: 'string', default: 'kustomize' },
  kubeconform: { type: 'string', default: 'kubeconform' },
  'schema-location': {
    type: 'string',
    multiple: true,
    default: [
      'default',
      'https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
    ],
  },
  help: { type: 'boolean', short: 'h' },
};

await main(async () => {
  const {
    help,
    'schema-location': schemaLocations,
    ...tools
  } = readOptions(OPTIONS, HELP);
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  await stage('Dependencies', async progress =>
    ensureDependencies(await ensureToolchain(), progress),
  );
  // Loads dependencies itself.
  const { checkManifests } = await import('./lib/gitops/checkManifests.mjs');
  await checkManifests({ schemaLocations, ...tools });
});
