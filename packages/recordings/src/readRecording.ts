import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyMergePatch } from './mergePatch';
import type {
  RecordedAnswer,
  RecordedChange,
  RecordedLog,
  RecordedObject,
  Recording,
} from './recordingTypes';

/** An object when it is new, and later the patch to what it was before. */
type ObjectOrPatch =
  { readonly object: RecordedObject } | { readonly patch: RecordedObject };

type Line =
  | { readonly type: 'START'; readonly time: string }
  | { readonly type: 'APPLY'; readonly object: RecordedObject }
  | ({
      readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
      readonly t: number;
    } & ObjectOrPatch)
  | { readonly type: 'TRICK'; readonly t: number; readonly did: string }
  | {
      readonly type: 'RAY';
      readonly t: number;
      readonly answer: RecordedAnswer;
    }
  | ({ readonly type: 'LOG' } & RecordedLog);

/** Reads a recording, with every object whole again. */
export function readRecording(scenario: string): Recording {
  const text = readFileSync(
    join(__dirname, 'scenarios', `${scenario}.ndjson`),
    'utf8',
  );
  const known = new Map<string, RecordedObject>();
  const changes: RecordedChange[] = [];
  const logs: RecordedLog[] = [];
  let startedAt = 0;
  let applied: RecordedObject | undefined;
  for (const raw of text.trim().split('\n')) {
    const line = JSON.parse(raw) as Line;
    switch (line.type) {
      case 'START':
        startedAt = Date.parse(line.time);
        break;
      case 'APPLY':
        applied = line.object;
        break;
      case 'LOG':
        logs.push(line);
        break;
      case 'TRICK':
      case 'RAY':
        changes.push(line);
        break;
      default:
        changes.push({
          t: line.t,
          type: line.type,
          object: whole(known, line),
        });
    }
  }
  const [first] = known.values();
  if (!applied || !first?.metadata.namespace) {
    throw new Error(`The recording ${scenario} does not say what was applied`);
  }
  const { namespace } = first.metadata;
  return { scenario, namespace, startedAt, applied, changes, logs };
}

/** The object that a line is of; keeps it for the patches that follow. */
function whole(
  known: Map<string, RecordedObject>,
  line: ObjectOrPatch,
): RecordedObject {
  const isNew = 'object' in line;
  const { kind, metadata } = isNew ? line.object : line.patch;
  const key = `${kind}/${metadata.name}`;
  const object = isNew
    ? line.object
    : applyMergePatch(known.get(key) ?? line.patch, line.patch);
  known.set(key, object);
  return object;
}
