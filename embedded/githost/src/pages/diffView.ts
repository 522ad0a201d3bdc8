import { parsePatch } from 'diff';
import { FileDiff } from '../emulated/GitRepository';
import { Html, markup } from './html';

type Line = {
  readonly className: string;
  readonly old: string;
  readonly new: string;
  readonly text: string;
};

function numbered(hunk: {
  oldStart: number;
  newStart: number;
  lines: string[];
}): Line[] {
  let before = hunk.oldStart;
  let after = hunk.newStart;
  return hunk.lines
    .filter(line => !line.startsWith('\\'))
    .map(line => {
      if (line.startsWith('+')) {
        return {
          className: 'added',
          old: '',
          new: String(after++),
          text: line,
        };
      }
      if (line.startsWith('-')) {
        return {
          className: 'removed',
          old: String(before++),
          new: '',
          text: line,
        };
      }
      return {
        className: '',
        old: String(before++),
        new: String(after++),
        text: line,
      };
    });
}

function patchRows(patch: string): Html[] {
  return parsePatch(patch).flatMap(({ hunks }) =>
    hunks.flatMap(hunk => [
      markup`<tr class="hunk">
        <td colspan="3">
          Lines ${hunk.newStart} to
          ${hunk.newStart + Math.max(hunk.newLines - 1, 0)}
        </td>
      </tr>`,
      ...numbered(hunk).map(
        line =>
          markup`<tr class="${line.className}">
            <td class="n">${line.old}</td>
            <td class="n">${line.new}</td>
            <td>${line.text}</td>
          </tr>`,
      ),
    ]),
  );
}

/** The changes of one file, readable without colours too (lines begin with + and -). */
export function fileDiff(file: FileDiff): Html {
  const from = file.previous_filename ? `${file.previous_filename} → ` : '';
  return markup`<section class="box">
    <h3>
      ${from}${file.filename}
      <span class="dim">${file.status}, +${file.additions} −${file.deletions}</span>
    </h3>
    ${
      file.patch === undefined
        ? markup`<p class="note dim">
            No lines to show: the file is empty, binary or very long.
          </p>`
        : markup`<div
            class="code"
            tabindex="0"
            role="region"
            aria-label="Changes of ${file.filename}"
          >
            <table>
              ${patchRows(file.patch)}
            </table>
          </div>`
    }
  </section>`;
}
