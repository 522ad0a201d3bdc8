import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Git objects never change, so each is written once and only appended. */
const OBJECTS = ['github.blobs', 'github.trees', 'github.commits'];

/**
 * The state of an emulated service on disk. `objects.ndjson` holds the git
 * objects, one a line; `state.json` the rest, replaced in one step. The objects
 * are written first: a crash in between leaves objects that nothing refers to.
 * `repository` is a bare git repository that follows.
 */
export class StateFile {
  constructor(dataDir, repository) {
    this.repository = repository;
    mkdirSync(dataDir, { recursive: true });
    this.objectsFile = join(dataDir, 'objects.ndjson');
    this.stateFile = join(dataDir, 'state.json');
    /** Highest id on disk, by collection. */
    this.written = new Map(OBJECTS.map(name => [name, 0]));
  }

  attach(store) {
    this.store = store;
  }

  save() {
    const { collections, data } = this.store.snapshot();
    let lines = '';
    const rest = {};
    for (const [name, collection] of Object.entries(collections)) {
      if (!this.written.has(name)) {
        rest[name] = collection;
        continue;
      }
      const { items, ...shape } = collection;
      rest[name] = { ...shape, items: [] };
      const last = this.written.get(name);
      for (const item of items.filter(({ id }) => id > last)) {
        lines += `${JSON.stringify({ in: name, item })}\n`;
        this.repository.add(name, item);
        this.written.set(name, item.id);
      }
    }
    if (lines) appendFileSync(this.objectsFile, lines);
    const next = `${this.stateFile}.next`;
    writeFileSync(next, JSON.stringify({ collections: rest, data }));
    renameSync(next, this.stateFile);
    this.repository.setRefs(collections);
  }

  /** Brings back what was saved; leaves a first start's seed alone. */
  restore() {
    if (!existsSync(this.stateFile)) return;
    const state = JSON.parse(readFileSync(this.stateFile, 'utf8'));
    for (const { in: name, item } of this.readObjects()) {
      const collection = state.collections[name];
      collection.items.push(item);
      collection.autoId = Math.max(collection.autoId, item.id + 1);
      this.written.set(name, item.id);
      this.repository.add(name, item);
    }
    this.repository.setRefs(state.collections);
    this.store.restore(state);
  }

  readObjects() {
    if (!existsSync(this.objectsFile)) return [];
    const text = readFileSync(this.objectsFile);
    // A crash while appending leaves half a line, which must not grow into the next one.
    const end = text.lastIndexOf('\n') + 1;
    if (end < text.length) truncateSync(this.objectsFile, end);
    return text
      .subarray(0, end)
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }
}
