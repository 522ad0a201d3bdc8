import { describeBytes } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';

/** Letters of a commit that tell it from others. */
const SHORT = 12;

/** The start of a commit, with the mark of one that had changes. */
export function shortRevision(revision: string | undefined): string {
  return foreignText(
    (revision ?? '').replace(/^[0-9a-f]{40}/, commit => commit.slice(0, SHORT)),
  );
}

/** What tells versions apart, beside their age: size and commit. */
export function versionFacts(version: {
  readonly size: number;
  readonly revision?: string;
}): string {
  return [describeBytes(version.size), shortRevision(version.revision)]
    .filter(Boolean)
    .join(' · ');
}
