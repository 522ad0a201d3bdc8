/** Ray's runtime environment as a RayJob has it: JSON, which is YAML as well. */
export function renderRuntimeEnv(
  runtimeEnv: Readonly<Record<string, unknown>> | undefined,
): { readonly runtimeEnvYAML?: string } {
  return runtimeEnv && Object.keys(runtimeEnv).length > 0
    ? { runtimeEnvYAML: `${JSON.stringify(runtimeEnv, null, 2)}\n` }
    : {};
}
