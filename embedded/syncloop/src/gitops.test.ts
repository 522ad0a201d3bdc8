import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Application, applicationSpec } from './application/Application';
import { parseManifests } from './git/parseManifests';

const ROOT = join(__dirname, '../../..');

function read(folder: string) {
  const files = readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.yaml'))
    // For kustomize alone; nothing of a cluster.
    .filter(name => basename(name) !== 'kustomization.yaml')
    .map(name => ({
      path: `${folder}/${name}`,
      content: readFileSync(join(ROOT, folder, name), 'utf8'),
    }));
  return parseManifests(files);
}

describe('gitops/', () => {
  const { manifests, problems } = read('gitops');
  const applications = manifests.filter(({ kind }) => kind === 'Application');

  it('holds nothing but valid manifests', () => {
    expect(problems).toEqual([]);
    expect(manifests.length).toBeGreaterThan(5);
  });

  it.each(applications.map(app => [app.metadata.name, app]))(
    '%s follows a folder that exists, server-side',
    (_name, app) => {
      const spec = applicationSpec.parse((app as Application).spec);
      expect(existsSync(join(ROOT, spec.source.path))).toBe(true);
      expect(spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
      expect(spec.syncPolicy.automated?.selfHeal).toBe(true);
    },
  );

  it('keeps the folder of jobs and allows it to be empty', () => {
    const jobs = applications.find(
      ({ metadata }) => metadata.name === 'workload-cluster-jobs',
    );
    const spec = applicationSpec.parse(jobs?.spec);
    expect(existsSync(join(ROOT, spec.source.path, 'README.md'))).toBe(true);
    expect(spec.syncPolicy.automated).toMatchObject({
      prune: true,
      allowEmpty: true,
    });
  });

  it('holds pods in every namespace with jobs to the baseline level, as kubernetes/rbac does', () => {
    const namespaces = manifests.filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.map(({ metadata }) => metadata.name)).toEqual([
      'training',
    ]);
    for (const { metadata } of namespaces) {
      expect(metadata.labels).toMatchObject({
        'pod-security.kubernetes.io/enforce': 'baseline',
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/audit': 'restricted',
      });
    }
    expect(
      read('kubernetes/rbac/namespace').manifests.find(
        ({ kind }) => kind === 'Namespace',
      )?.metadata,
    ).toEqual(namespaces[0]?.metadata);
  });

  it('allows in its project what its Applications read', () => {
    const project = z
      .object({ spec: z.object({ sourceRepos: z.array(z.string()) }) })
      .parse(manifests.find(({ kind }) => kind === 'AppProject'));
    for (const app of applications) {
      const { source } = applicationSpec.parse(app.spec);
      expect(project.spec.sourceRepos).toContain(source.repoURL);
    }
  });

  it('gives Argo CD a health rule for every state of a RayJob', () => {
    const settings = z
      .object({ data: z.record(z.string()) })
      .parse(manifests.find(({ metadata }) => metadata.name === 'argocd-cm'));
    const rule = settings.data['resource.customizations.health.ray.io_RayJob'];
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
