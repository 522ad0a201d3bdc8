import { argoApplication } from './argoApplication';

const TRACKING = 'argocd.argoproj.io/tracking-id';
const INSTANCE = { 'app.kubernetes.io/instance': 'ray' };

const of = (
  annotations: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>> = {},
) =>
  argoApplication({
    metadata: { name: 'shared', namespace: 'training', annotations, labels },
  });

describe('argoApplication', () => {
  it("reads Argo CD's annotation, where it is the object's own", () => {
    expect(
      of({ [TRACKING]: 'clusters:ray.io/RayCluster:training/shared' }),
    ).toBe('clusters');
    expect(
      of({ [TRACKING]: 'clusters:ray.io/RayCluster:training/other' }),
    ).toBe(undefined);
  });

  it("reads its label, unless that is Helm's", () => {
    expect(of({}, INSTANCE)).toBe('ray');
    expect(of({ 'meta.helm.sh/release-name': 'ray' }, INSTANCE)).toBe(
      undefined,
    );
    expect(of({})).toBe(undefined);
  });
});
