import { isError } from '@backstage/errors';
import { readYamlDocuments } from '@ml-platform/rayjob';
import { z } from 'zod';
import { KubeManifest } from '../types';
import { RepoFile } from './RepoReader';

const strings = z.record(z.string());

const manifest = z
  .object({
    apiVersion: z.string().min(1),
    kind: z.string().min(1),
    metadata: z
      .object({
        name: z.string().min(1),
        namespace: z.string().optional(),
        labels: strings.nullish().transform(value => value ?? undefined),
        annotations: strings.nullish().transform(value => value ?? undefined),
      })
      .passthrough(),
  })
  .passthrough();

const list = z.object({ kind: z.literal('List'), items: z.array(z.unknown()) });

export interface ParsedManifests {
  readonly manifests: readonly KubeManifest[];
  /** One sentence for each file that can't be read. */
  readonly problems: readonly string[];
}

function problemOf(path: string, error: z.ZodError): string {
  const [issue] = error.issues;
  return `${path}: ${issue.path.join('.') || 'manifest'}: ${issue.message}`;
}

function readFile(file: RepoFile): ParsedManifests {
  const manifests: KubeManifest[] = [];
  const problems: string[] = [];
  const read = (value: unknown) => {
    if (value === null || value === undefined) return;
    const items = list.safeParse(value);
    if (items.success) {
      items.data.items.forEach(read);
      return;
    }
    const parsed = manifest.safeParse(value);
    if (parsed.success) manifests.push(parsed.data);
    else problems.push(problemOf(file.path, parsed.error));
  };
  try {
    readYamlDocuments(file.content).forEach(read);
  } catch (error) {
    problems.push(`${file.path}: ${isError(error) ? error.message : error}`);
  }
  return { manifests, problems };
}

/** The objects of the files. A file that can't be read does not stop the others. */
export function parseManifests(files: readonly RepoFile[]): ParsedManifests {
  const parsed = files.map(readFile);
  return {
    manifests: parsed.flatMap(({ manifests }) => manifests),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}
