import { InputError } from '@backstage/errors';
import { z } from 'zod';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const name = z.string().max(63).regex(NAME, 'is no name of Kubernetes');
const quantities = z.record(z.string(), z.union([z.string(), z.number()]));

const schema = z
  .object({
    /** Namespace of the builds; nothing else belongs there. */
    namespace: name,
    /** Image with buildah, skopeo, git and curl. */
    image: z.string().min(1),
    /** Service account of the pods, for workload identity. */
    serviceAccount: name.optional(),
    /** Secret of the type kubernetes.io/dockerconfigjson to pull and push with. */
    registrySecret: name.optional(),
    /** Signs in to the registry as the pods' own identity on Google Cloud. */
    googleIdentity: z.boolean().default(false),
    /** Fetches what is in git there, instead of taking it along. */
    git: z.object({ secret: name.optional() }).strict().optional(),
    /** Repository that layers are kept in; none where absent. */
    cache: z.string().min(1).optional(),
    resources: z
      .object({ requests: quantities, limits: quantities })
      .partial()
      .strict()
      .default({}),
    nodeSelector: z.record(z.string(), z.string()).optional(),
    tolerations: z.array(z.record(z.string(), z.unknown())).optional(),
    /** Seconds that a Job stays after it has ended. */
    keepSeconds: z.number().int().min(60).default(3600),
    /** File of the kubeconfig; the cluster of this process where absent. */
    kubeconfig: z.string().optional(),
    context: z.string().optional(),
  })
  .strict();

/** How images are built by Jobs of a cluster. */
export type KubernetesBuilderSettings = z.output<typeof schema>;

/**
 * Reads `ray.builder.kubernetes`.
 * @throws {InputError} that names each wrong setting
 */
export function readKubernetesSettings(
  value: unknown,
): KubernetesBuilderSettings {
  const { success, data, error } = schema.safeParse(value ?? {});
  if (!success) {
    const problems = error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new InputError(
      `The settings of the builder 'kubernetes' are wrong: ${problems.join('; ')}`,
    );
  }
  return data;
}
