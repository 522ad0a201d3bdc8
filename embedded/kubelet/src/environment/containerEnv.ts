import type {
  Container,
  EnvFrom,
  EnvVar,
  KeyRef,
  Pod,
} from '@ml-platform/embedded-controller-runtime';
import type { ConfigSource, Entries } from './ConfigSource';
import { ContainerConfigError } from './ContainerConfigError';
import { expandVariables } from './expand';
import { fieldValue, type NodeFacts, resourceValue } from './fieldRef';

/**
 * The variables that the pod sets for a container, in order; later ones win and
 * may name earlier ones as `$(NAME)`.
 *
 * @throws {ContainerConfigError} when a ConfigMap, a Secret or a key is missing
 */
export async function containerEnv(options: {
  readonly pod: Pod;
  readonly container: Container;
  readonly node: NodeFacts;
  readonly config: ConfigSource;
}): Promise<Map<string, string>> {
  const { pod, container, config } = options;
  const namespace = pod.metadata.namespace ?? '';
  const variables = new Map<string, string>();
  for (const source of container.envFrom ?? []) {
    const entries = await entriesOf(source, namespace, config);
    for (const [key, value] of entries) {
      variables.set(`${source.prefix ?? ''}${key}`, value.toString('utf8'));
    }
  }
  for (const variable of container.env ?? []) {
    const value = variable.valueFrom
      ? await referenced(variable, options)
      : expandVariables(variable.value ?? '', variables);
    if (value !== undefined) {
      variables.set(variable.name, value);
    }
  }
  return variables;
}

async function entriesOf(
  { configMapRef, secretRef }: EnvFrom,
  namespace: string,
  config: ConfigSource,
): Promise<Entries> {
  if (configMapRef?.name) {
    return config.configMap(
      namespace,
      configMapRef.name,
      configMapRef.optional,
    );
  }
  return secretRef?.name
    ? config.secret(namespace, secretRef.name, secretRef.optional)
    : new Map();
}

/** Undefined where an optional reference leads nowhere. */
async function referenced(
  { valueFrom = {} }: EnvVar,
  options: Parameters<typeof containerEnv>[0],
): Promise<string | undefined> {
  const { pod, container, node, config } = options;
  const namespace = pod.metadata.namespace ?? '';
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } =
    valueFrom;
  if (fieldRef) {
    return fieldValue(pod, fieldRef.fieldPath, node);
  }
  if (resourceFieldRef) {
    const of =
      pod.spec.containers.find(
        ({ name }) => name === resourceFieldRef.containerName,
      ) ?? container;
    return resourceValue(of, resourceFieldRef, node);
  }
  if (configMapKeyRef) {
    const { name = '', optional } = configMapKeyRef;
    const entries = await config.configMap(namespace, name, optional);
    return entry(entries, configMapKeyRef, `ConfigMap ${namespace}/${name}`);
  }
  if (secretKeyRef) {
    const { name = '', optional } = secretKeyRef;
    const entries = await config.secret(namespace, name, optional);
    return entry(entries, secretKeyRef, `Secret ${namespace}/${name}`);
  }
  return undefined;
}

function entry(
  entries: Entries,
  { key, optional }: KeyRef,
  where: string,
): string | undefined {
  const value = entries.get(key);
  if (value === undefined && !optional) {
    throw new ContainerConfigError(`couldn't find key ${key} in ${where}`);
  }
  return value?.toString('utf8');
}
