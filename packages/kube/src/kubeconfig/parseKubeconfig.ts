import { dirname, resolve } from 'node:path';
import type { ClusterEntry, UserEntry } from '../credentials/entries';
import { readConfigYaml } from '../yaml/readConfigYaml';
import { parseExec } from './parseExec';
import type { ContextEntry, Kubeconfig } from './Kubeconfig';
import { asList, asObject, asText, type Fields } from './values';

/** Extension of a cluster with what it tells a credential plugin. */
const PLUGIN_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * What a kubeconfig says. Paths in it count from its folder.
 *
 * Source: k8s.io/client-go, tools/clientcmd/api/v1.
 *
 * @throws {Error} when the text is no kubeconfig; the message may quote it
 */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
  // An empty file says nothing, as to kubectl.
  const root: unknown = readConfigYaml(text) ?? {};
  if (typeof root !== 'object' || Array.isArray(root)) {
    throw new Error('No object');
  }
  const fields = asObject(root);
  const path = (value: unknown) => {
    const name = asText(value);
    return name && resolve(dirname(file), name);
  };
  return {
    clusters: named(fields.clusters, 'cluster', (cluster, name) =>
      parseCluster(name, cluster, path),
    ),
    users: named(fields.users, 'user', user => parseUser(user, path)),
    contexts: named(fields.contexts, 'context', context =>
      parseContext(context, file),
    ),
    currentContext: asText(fields['current-context']),
  };
}

type PathOf = (value: unknown) => string | undefined;

/** A list of `{ name, <key>: … }` by the names. */
function named<Entry>(
  list: unknown,
  key: string,
  read: (fields: Fields, name: string) => Entry,
): Map<string, Entry> {
  return new Map(
    asList(list)
      .map(asObject)
      .flatMap(item => {
        const name = asText(item.name);
        return name ? [[name, read(asObject(item[key]), name)] as const] : [];
      }),
  );
}

function parseCluster(
  name: string,
  fields: Fields,
  path: PathOf,
): ClusterEntry {
  const extension = asList(fields.extensions)
    .map(asObject)
    .find(each => each.name === PLUGIN_EXTENSION);
  return {
    name,
    server: (asText(fields.server) ?? '').replace(/\/+$/, ''),
    caData: asText(fields['certificate-authority-data']),
    caFile: path(fields['certificate-authority']),
    skipTLSVerify: fields['insecure-skip-tls-verify'] === true,
    tlsServerName: asText(fields['tls-server-name']),
    proxyUrl: asText(fields['proxy-url']),
    pluginConfig: extension?.extension,
  };
}

function parseContext(fields: Fields, file: string): ContextEntry {
  return {
    cluster: asText(fields.cluster) ?? '',
    user: asText(fields.user),
    namespace: asText(fields.namespace),
    file,
  };
}

function parseUser(fields: Fields, path: PathOf): UserEntry {
  const provider = fields['auth-provider'];
  return {
    certData: asText(fields['client-certificate-data']),
    certFile: path(fields['client-certificate']),
    keyData: asText(fields['client-key-data']),
    keyFile: path(fields['client-key']),
    token: asText(fields.token),
    tokenFile: path(fields.tokenFile),
    username: asText(fields.username),
    password: asText(fields.password),
    exec: fields.exec ? parseExec(asObject(fields.exec), path) : undefined,
    authProvider: provider ? asObject(provider) : undefined,
    impersonation: impersonation(fields),
  };
}

function impersonation(fields: Fields): UserEntry['impersonation'] {
  const user = asText(fields.as);
  if (!user) {
    return undefined;
  }
  const uid = asText(fields['as-uid']);
  const groups = texts(fields['as-groups']);
  const extra = Object.entries(asObject(fields['as-user-extra'])).map(
    ([key, value]) =>
      [`Impersonate-Extra-${encodeURIComponent(key)}`, texts(value)] as const,
  );
  return {
    'Impersonate-User': user,
    ...(uid && { 'Impersonate-Uid': uid }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...Object.fromEntries(extra),
  };
}

function texts(list: unknown): string[] {
  return asList(list).flatMap(each => asText(each) ?? []);
}
