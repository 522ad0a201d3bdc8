/** What kubectl asks before it reads the log of a pod. */
const ANSWERS = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      {
        name: 'pods',
        singularName: 'pod',
        namespaced: true,
        kind: 'Pod',
        verbs: ['get', 'list', 'watch'],
      },
    ],
  },
} as const;

export function isDiscoveryPath(path: string): path is keyof typeof ANSWERS {
  return Object.hasOwn(ANSWERS, path);
}

/** The kinds of the API that clients look up, as far as they need it here. */
export function discovery(path: keyof typeof ANSWERS): object {
  return ANSWERS[path];
}
