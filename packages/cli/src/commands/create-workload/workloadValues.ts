import type { CreateWorkloadOptions } from './command';

/** `galaxy_classifier` as `Galaxy classifier`. */
function titleOf(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An owner as the catalog refers to it; a name alone is that of a group. */
const ownerRef = (owner: string) =>
  owner.includes(':') ? owner : `group:default/${owner}`;

/** What the options fill into the form of the template `create-workload`. */
export function workloadValues(
  name: string,
  options: CreateWorkloadOptions,
  namespace: string | undefined,
): Readonly<Record<string, unknown>> {
  const { title, description, owner, bucket, deleteAfter } = options;
  return {
    name,
    title: title ?? titleOf(name),
    description,
    ...(owner && { owner: ownerRef(owner) }),
    ...(bucket && {
      storage: {
        create: true,
        namespace: namespace ?? 'training',
        storageClass: options.storageClass,
        versioning: options.versioning,
        ...(deleteAfter && { deleteAfterDays: deleteAfter }),
      },
    }),
  };
}
