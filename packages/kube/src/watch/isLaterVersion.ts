const NUMBER = /^\d+$/;

/**
 * Whether one resourceVersion of a collection is later than another. False where
 * that can't be told.
 *
 * Source: Kubernetes' KEP-5504, by which they are whole numbers that grow.
 */
export function isLaterVersion(version: string, than: string): boolean {
  return (
    NUMBER.test(version) &&
    NUMBER.test(than) &&
    (version.length === than.length
      ? version > than
      : version.length > than.length)
  );
}
