import {
  Commit,
  Comparison,
  LogEntry,
  TreeFile,
} from '../emulated/GitRepository';
import { fileDiff } from './diffView';
import { Html, markup, urlPath } from './html';
import { markdownFile } from './markdown';

/** A place in the repository: a ref as written in the address, and a path. */
export interface Place {
  readonly repository: string;
  readonly ref: string;
  /** Without slashes at its ends; empty for the root. */
  readonly path: string;
}

function link(
  place: Place,
  kind: 'tree' | 'blob',
  path: string,
  text: string,
): Html {
  const tail = path ? `/${urlPath(path)}` : '';
  return markup`<a
    href="/${place.repository}/${kind}/${urlPath(place.ref)}${tail}">${text}</a>`;
}

/** The way from the root to the place, each step a link. */
function trail(place: Place): Html {
  const steps = place.path.split('/').filter(Boolean);
  return markup`<h1>
      ${link(place, 'tree', '', place.repository.split('/')[1])}${steps.map(
        (step, index) =>
          markup` /
          ${
            index === steps.length - 1
              ? step
              : link(place, 'tree', steps.slice(0, index + 1).join('/'), step)
          }`,
      )}
    </h1>
    <p class="dim">at ${place.ref}</p>`;
}

/** Names directly below a folder; folders end with a slash. Undefined when the folder doesn't exist. */
export function entriesBelow(
  files: ReadonlyMap<string, TreeFile>,
  folder: string,
): string[] | undefined {
  const prefix = folder ? `${folder}/` : '';
  const names = new Set<string>();
  for (const path of files.keys()) {
    if (!path.startsWith(prefix)) continue;
    const [name, ...rest] = path.slice(prefix.length).split('/');
    names.add(rest.length > 0 ? `${name}/` : name);
  }
  if (names.size === 0) return undefined;
  const rank = (name: string) => (name.endsWith('/') ? 0 : 1);
  return [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** A folder's entries, and its README where it has one. */
export function folderPage(
  place: Place,
  entries: readonly string[],
  readme?: string,
): Html {
  const prefix = place.path ? `${place.path}/` : '';
  return markup`${trail(place)}
    <div class="box">
      <table>
        <tbody>
          ${entries.map(name => {
            const kind = name.endsWith('/') ? 'tree' : 'blob';
            const path = `${prefix}${name.replace(/\/$/, '')}`;
            return markup`<tr>
              <td>${link(place, kind, path, name)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${
      readme !== undefined &&
      markup`<section class="box">
        <h2>README.md</h2>
        <div class="text">${markdownFile(readme)}</div>
      </section>`
    }`;
}

/** A file's lines, numbered. */
export function filePage(place: Place, content: Buffer): Html {
  const raw = `/${place.repository}/raw/${urlPath(place.ref)}/${urlPath(place.path)}`;
  const lines = content.toString('utf8').replace(/\n$/, '').split('\n');
  return markup`${trail(place)}
    <p>
      <a href="${raw}">Raw</a> <span class="dim">${content.length} bytes</span>
    </p>
    <div class="box">
      ${
        content.includes(0)
          ? markup`<p class="note dim">A binary file.</p>`
          : markup`<div
              class="code"
              tabindex="0"
              role="region"
              aria-label="Content of ${place.path}"
            >
              <table>
                ${lines.map(
                  (line, index) =>
                    markup`<tr id="L${index + 1}">
                      <td class="n">${index + 1}</td>
                      <td>${line}</td>
                    </tr>`,
                )}
              </table>
            </div>`
      }
    </div>`;
}

/** One commit with what it changed in its first parent. */
export function commitPage(
  repository: string,
  commit: Commit,
  changes: Pick<Comparison, 'files'>,
): Html {
  const [title, ...rest] = commit.message.split('\n');
  const body = rest.join('\n').trim();
  return markup`<h1>${title}</h1>
    <p>
      <code>${commit.sha}</code> by ${commit.author.name} on
      ${commit.author.date}
    </p>
    ${body && markup`<div class="box"><div class="text"><pre>${body}</pre></div></div>`}
    <p class="dim">
      Parents:
      ${
        commit.parents.length === 0
          ? 'none'
          : commit.parents.map(
              ({ sha }) =>
                markup`<a href="/${repository}/commit/${sha}">${sha.slice(0, 7)}</a> `,
            )
      }
    </p>
    <h2>${changes.files.length} changed files</h2>
    ${changes.files.map(fileDiff)}`;
}

/** The newest commits of a ref. */
export function commitList(
  repository: string,
  ref: string,
  commits: readonly LogEntry[],
): Html {
  return markup`<h1>Commits of ${ref}</h1>
    <div class="box">
      <table>
        <tbody>
          ${commits.map(
            ({ sha, commit }) =>
              markup`<tr>
                <td>
                  <a href="/${repository}/commit/${sha}">${sha.slice(0, 7)}</a>
                </td>
                <td>${commit.message.split('\n')[0]}</td>
                <td>${commit.author.name}</td>
                <td>${commit.author.date}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
