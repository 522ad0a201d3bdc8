/** Whether a project's list names the kind of an object. */
function lists(kinds = [], { apiVersion, kind }) {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return kinds.some(item => item.group === group && item.kind === kind);
}

/** A pattern as Argo CD reads it in a destination: `*` is any text. */
function matches(pattern, text) {
  const source = pattern.replace(/[.+?^$()|[\]\\{}]/g, '\\$&');
  return new RegExp(`^${source.replaceAll('*', '.*')}$`).test(text);
}

function allowsNamespace({ destinations }, { name, namespace }) {
  const ours = destinations.filter(item => item.name === name);
  const denied = ours.filter(item => item.namespace.startsWith('!'));
  return (
    ours.some(item => matches(item.namespace, namespace)) &&
    !denied.some(item => matches(item.namespace.slice(1), namespace))
  );
}

/** What of an Application its project doesn't allow: one sentence each. */
export function projectProblems(application, project, objects) {
  const { name } = application.metadata;
  const { destination, sources } = application.spec;
  const { spec } = project;
  const repositories = sources
    .map(({ repoURL }) => repoURL)
    .filter(url => !spec.sourceRepos.includes(url));
  const kinds = objects.filter(
    object =>
      !lists(spec.clusterResourceWhitelist, object) &&
      !lists(spec.namespaceResourceWhitelist, object),
  );
  const namespaces = [
    destination.namespace,
    ...objects.map(object => object.metadata.namespace).filter(Boolean),
  ].filter(
    namespace => !allowsNamespace(spec, { name: destination.name, namespace }),
  );
  return [
    ...repositories.map(url => `the repository ${url}`),
    ...kinds.map(({ apiVersion, kind }) => `${kind} of ${apiVersion}`),
    ...namespaces.map(namespace => `the namespace ${namespace}`),
  ].map(what => `${name}: its project doesn't allow ${what}`);
}
