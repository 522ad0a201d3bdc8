import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readYamlDocuments } from '@ml-platform/rayjob';
import { z } from 'zod';
import { Application, applicationSpec } from './application/Application';
import { folderApplicationSet } from './applicationset/applicationSet';
import { parseManifests } from './git/parseManifests';

const ROOT = join(__dirname, '../../..');
const REPOSITORY = 'https://github.com/ml-platform/ml-platform';
const JOBS = 'gitops/clusters/workload-cluster/jobs';
const NAMESPACES = 'gitops/clusters/workload-cluster/namespaces';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

function read(folder: string) {
  const files = readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.yaml'))
    // For kustomize alone; nothing of a cluster.
    .filter(name => basename(name) !== 'kustomization.yaml')
    .map(name => ({
      path: `${folder}/${name}`,
      content: text(`${folder}/${name}`),
    }));
  return parseManifests(files);
}

describe('gitops/argocd', () => {
  const { manifests, problems } = parseManifests([
    {
      path: 'gitops/argocd/root.yaml',
      content: text('gitops/argocd/root.yaml'),
    },
  ]);
  const apps = read('gitops/argocd/apps');
  const all = [...manifests, ...apps.manifests];
  const named = (kind: string, name: string) =>
    all.find(item => item.kind === kind && item.metadata.name === name);

  it('holds nothing but valid manifests', () => {
    expect([...problems, ...apps.problems]).toEqual([]);
    expect(all.length).toBeGreaterThan(8);
  });

  it.each(
    all
      .filter(({ kind }) => kind === 'Application')
      .map(app => [app.metadata.name, app]),
  )('%s follows a folder that exists, server-side', (_name, app) => {
    const spec = applicationSpec.parse((app as Application).spec);
    expect(existsSync(join(ROOT, spec.source.path))).toBe(true);
    expect(spec.source.repoURL).toBe(REPOSITORY);
    expect(spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
    expect(spec.syncPolicy.automated?.selfHeal).toBe(true);
    expect(named('AppProject', spec.project)).toMatchObject({
      spec: { sourceRepos: expect.arrayContaining([REPOSITORY]) },
    });
  });

  it('gives each namespace an Application that allows no jobs at all', () => {
    const set = folderApplicationSet.parse(
      named('ApplicationSet', 'workload-cluster-jobs'),
    );
    expect(set.spec.generators[0].git.directories).toEqual([
      { path: `${JOBS}/*`, exclude: false },
    ]);
    const spec = applicationSpec.parse(set.spec.template.spec);
    expect(spec.syncPolicy).toMatchObject({
      automated: { prune: true, selfHeal: true, allowEmpty: true },
      syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true'],
    });
  });

  it('leaves nothing to the project that allows everything', () => {
    expect(named('AppProject', 'default')).toMatchObject({
      spec: { sourceRepos: [], destinations: [] },
    });
    expect(JSON.stringify(all)).not.toContain('"project":"default"');
  });

  it('names the repository in files that a fork changes with one command', () => {
    const elsewhere = readdirSync(join(ROOT, 'gitops'), { recursive: true })
      .map(String)
      .filter(name => name.endsWith('.yaml') && !name.startsWith('argocd/'))
      .filter(name =>
        text(`gitops/${name}`).includes(`repoURL: ${REPOSITORY}`),
      );
    expect(elsewhere).toEqual([]);
  });

  it('has a health rule for every state of a RayJob', () => {
    const settings = z
      .object({ configs: z.object({ cm: z.record(z.string()) }) })
      .parse(readYamlDocuments(text('gitops/argocd/values.yaml'))[0]);
    const rule =
      settings.configs.cm['resource.customizations.health.ray.io_RayJob'];
    for (const state of [
      'Failed',
      'ValidationFailed',
      'Suspended',
      'Complete',
    ]) {
      expect(rule).toContain(`"${state}"`);
    }
  });
});

describe('the namespaces with jobs', () => {
  const { manifests } = read(NAMESPACES);

  it('hold pods to the baseline level, as kubernetes/rbac does', () => {
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual([
      'training',
    ]);
    for (const { metadata } of manifests) {
      expect(metadata.labels).toMatchObject({
        'ml-platform.dev/jobs': 'true',
        'pod-security.kubernetes.io/enforce': 'baseline',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      });
    }
    expect(
      read('kubernetes/rbac/namespace').manifests.find(
        ({ kind }) => kind === 'Namespace',
      )?.metadata,
    ).toEqual(manifests[0]?.metadata);
  });

  it.each(manifests.map(({ metadata }) => metadata.name))(
    '%s has its limits, a project that ends with it, and a folder that git keeps',
    name => {
      const project = `gitops/argocd/apps/projects/workload-cluster-jobs-${name}.yaml`;
      expect(readYamlDocuments(text(project))[0]).toMatchObject({
        spec: {
          destinations: [{ name: 'workload-cluster', namespace: name }],
          clusterResourceWhitelist: [],
        },
      });
      for (const shared of ['namespaces', 'workload-storage']) {
        const file = `gitops/argocd/apps/projects/${shared}.yaml`;
        expect(readYamlDocuments(text(file))[0]).toMatchObject({
          spec: {
            destinations: expect.arrayContaining([
              expect.objectContaining({ namespace: name }),
            ]),
          },
        });
      }
      const settings = z
        .object({ namespace: z.string() })
        .parse(
          readYamlDocuments(
            text(`${NAMESPACES}/${name}/kustomization.yaml`),
          )[0],
        );
      expect(settings.namespace).toBe(name);
      expect(existsSync(join(ROOT, JOBS, name, 'README.md'))).toBe(true);
    },
  );
});
