/** The section `kubernetes` of a configuration with these clusters. */
export function kubernetesConfig(
  clusters: readonly { readonly name: string; readonly url: string }[],
) {
  const signedIn = clusters.map(({ name, url }) => ({
    name,
    url,
    authProvider: 'serviceAccount',
    serviceAccountToken: 'secret',
  }));
  return { clusterLocatorMethods: [{ type: 'config', clusters: signedIn }] };
}
