import { ApiContext } from '../verbs/ApiContext';
import { createObject } from '../verbs/createObject';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const OPTIONS = {
  dryRun: false,
  manager: 'kube-apiserver',
  fieldValidation: 'Ignore',
  username: 'system:apiserver',
  warn: () => {},
} as const;

/** Makes what every cluster has from the start, where it is not there yet. */
export function bootstrap(context: ApiContext): void {
  const { registry, store } = context;
  const namespaces = registry.find('', 'v1', 'namespaces');
  const accounts = registry.find('', 'v1', 'serviceaccounts');
  for (const name of NAMESPACES) {
    if (namespaces && !store.get(namespaces.storage, undefined, name)) {
      createObject(
        context,
        { type: namespaces, namespace: undefined },
        { metadata: { name } },
        OPTIONS,
      );
    }
    if (accounts && !store.get(accounts.storage, name, 'default')) {
      createObject(
        context,
        { type: accounts, namespace: name },
        { metadata: { name: 'default' } },
        OPTIONS,
      );
    }
  }
}
