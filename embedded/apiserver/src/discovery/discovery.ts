import { noSuchResource } from '../errors/statusErrors';
import { PathHandler } from '../http/ApiRouter';
import { respond, respondText } from '../http/respond';
import { ResourceRegistry } from '../model/ResourceRegistry';
import {
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
} from './resourceLists';

/** The Kubernetes version whose behaviour the server follows. */
const VERSION = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.4+ml-platform',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'embedded/node',
};

/** What clients ask to learn what the server serves, and probes. */
export function discovery(options: {
  readonly registry: ResourceRegistry;
}): PathHandler {
  const { registry } = options;
  return api => {
    const parts = api.segments.filter(Boolean);
    if (api.method !== 'GET') {
      return false;
    }
    const [root, group, version] = parts;
    if (['healthz', 'livez', 'readyz'].includes(root)) {
      respondText(api.response, 200, 'ok', 'text/plain; charset=utf-8');
      return true;
    }
    if (root === 'version' && parts.length === 1) {
      respond(api.response, 200, VERSION);
      return true;
    }
    const answer = answerOf(registry, root, group, version, parts.length);
    if (answer === undefined) {
      return false;
    }
    if (answer === null) {
      throw noSuchResource();
    }
    respond(api.response, 200, answer, api.accepted);
    return true;
  };
}

/** Undefined: not a discovery path. Null: there is no such group or version. */
function answerOf(
  registry: ResourceRegistry,
  root: string,
  group: string | undefined,
  version: string | undefined,
  length: number,
): object | null | undefined {
  if (root === 'api' && length === 1) {
    return apiVersions();
  }
  if (root === 'api' && length === 2) {
    return apiResourceList(registry, '', group ?? '') ?? null;
  }
  if (root === 'apis' && length === 1) {
    return apiGroupList(registry);
  }
  if (root === 'apis' && length === 2) {
    return apiGroup(registry, group ?? '') ?? null;
  }
  if (root === 'apis' && length === 3) {
    return apiResourceList(registry, group ?? '', version ?? '') ?? null;
  }
  return undefined;
}
