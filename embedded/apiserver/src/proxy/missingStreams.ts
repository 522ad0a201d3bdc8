/** Why there is no such stream to a pod here, and what does instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  exec: "The embedded cluster has no exec: its containers are processes of this machine, and ps shows them. The pod's folders are below pods/ in the state folder",
  attach:
    'The embedded cluster has no attach: kubectl logs -f shows what a container writes',
};

/** A sentence for those who ask for a stream that only a real cluster has. */
export function missingStream(
  plural: string,
  subresource: string | undefined,
): string | undefined {
  return plural === 'pods' && subresource ? INSTEAD[subresource] : undefined;
}
