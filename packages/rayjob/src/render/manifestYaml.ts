import { stringify } from 'yaml';

/**
 * Writes an object as the YAML of a manifest. Quotes what either generation of
 * YAML would take for something else than text: Kubernetes' tools read YAML
 * 1.1, where `yes` is true and `1:30` a number.
 */
export function manifestYaml(manifest: object): string {
  return stringify(manifest, {
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
    lineWidth: 0,
  });
}
