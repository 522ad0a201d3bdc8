import { methodNotAllowed } from '../errors/statusErrors';
import { PathHandler } from '../http/ApiRouter';
import { parseResourcePath } from '../http/parsePath';
import { readBody } from '../http/readBody';
import { respond } from '../http/respond';
import { User } from '../http/authenticate';
import { asObject } from '../model/json';
import {
  apiVersionOf,
  resourceType,
  ResourceType,
} from '../model/ResourceType';

const review = (
  group: string,
  kind: string,
  plural: string,
  namespaced = false,
): ResourceType =>
  resourceType({
    group,
    version: 'v1',
    kind,
    plural,
    namespaced,
    verbs: ['create'],
  });

/** Questions about who may do what; nothing of them is kept. */
export const REVIEW_RESOURCES: readonly ResourceType[] = [
  review(
    'authorization.k8s.io',
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
  ),
  review(
    'authorization.k8s.io',
    'SelfSubjectRulesReview',
    'selfsubjectrulesreviews',
  ),
  review('authorization.k8s.io', 'SubjectAccessReview', 'subjectaccessreviews'),
  review(
    'authorization.k8s.io',
    'LocalSubjectAccessReview',
    'localsubjectaccessreviews',
    true,
  ),
  review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews'),
];

const EVERYTHING = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
};

/** Answers reviews: whoever has a token may do everything. */
export function reviews(): PathHandler {
  return async api => {
    const path = parseResourcePath(api.segments);
    const type = REVIEW_RESOURCES.find(
      one =>
        one.group === path?.group &&
        one.version === path.version &&
        one.plural === path.plural,
    );
    if (!type) {
      return false;
    }
    if (api.method !== 'POST') {
      throw methodNotAllowed();
    }
    const body = asObject(await readBody(api.request)) ?? {};
    respond(
      api.response,
      201,
      {
        ...body,
        kind: type.kind,
        apiVersion: apiVersionOf(type),
        metadata: { creationTimestamp: null },
        status: statusOf(type, api.user),
      },
      api.accepted,
    );
    return true;
  };
}

function statusOf({ kind }: ResourceType, user: User): object {
  switch (kind) {
    case 'SelfSubjectReview':
      return {
        userInfo: { username: user.username, groups: user.groups },
      };
    case 'SelfSubjectRulesReview':
      return EVERYTHING;
    default:
      return {
        allowed: true,
        reason: 'every token of the embedded API server may do everything',
      };
  }
}
