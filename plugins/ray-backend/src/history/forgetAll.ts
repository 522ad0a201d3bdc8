/**
 * Forgets all there is to forget, page by page.
 * @param next - those that are left, as many as come at a time
 */
export async function forgetAll<T>(
  next: () => Promise<readonly T[]>,
  forget: (one: T) => Promise<void>,
): Promise<void> {
  for (let old = await next(); old.length > 0; old = await next()) {
    for (const one of old) {
      await forget(one);
    }
  }
}
