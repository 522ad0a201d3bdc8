import { FileDiff } from '../emulated/GitRepository';
import { PullRequest } from '../pulls/PullRequests';
import { fileDiff } from './diffView';
import { Html, markup, urlPath } from './html';
import { CheckRun, Review } from '../pulls/Reviews';
import { markdown } from './markdown';
import { reviewSection } from './reviewSection';

/** open, merged or closed, as a person says it. */
function pullState(pull: {
  state: string;
  merged_at: string | null;
}): 'open' | 'merged' | 'closed' {
  if (pull.merged_at) return 'merged';
  return pull.state === 'open' ? 'open' : 'closed';
}

function stateBadge(pull: PullRequest): Html {
  const state = pullState(pull);
  return markup`<span class="state ${state}">${state[0].toUpperCase()}${state.slice(1)}</span>`;
}

function time(iso: string): Html {
  return markup`<time datetime="${iso}">${iso.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>`;
}

/** The list of pull requests. */
export function pullList(
  repository: string,
  pulls: readonly PullRequest[],
  state: string,
): Html {
  const root = `/${repository}/pulls`;
  return markup`<h1>Pull requests</h1>
    <p>
      <a href="${root}?state=open">Open</a> ·
      <a href="${root}?state=closed">Closed</a> ·
      <a href="${root}?state=all">All</a>
      <span class="dim">(showing ${state})</span>
    </p>
    ${
      pulls.length === 0
        ? markup`<p>
            There is none here. The portal opens one for each training job.
          </p>`
        : markup`<div class="box">
            <table>
              <thead>
                <tr>
                  <th scope="col">Number</th>
                  <th scope="col">Title</th>
                  <th scope="col">State</th>
                  <th scope="col">Opened</th>
                </tr>
              </thead>
              <tbody>
                ${pulls.map(
                  pull =>
                    markup`<tr>
                      <td>#${pull.number}</td>
                      <td>
                        <a href="/${repository}/pull/${pull.number}">${pull.title}</a>
                      </td>
                      <td>${stateBadge(pull)}</td>
                      <td>${time(pull.created_at)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }`;
}

export interface PullView {
  readonly repository: string;
  readonly pull: PullRequest;
  readonly files: readonly FileDiff[];
  readonly mergeable: boolean;
  readonly reviews: readonly Review[];
  readonly checks: readonly CheckRun[];
  /** Token of the form that posts to the path. */
  readonly formToken: (path: string) => string;
  readonly notice?: string;
}

function button(
  view: PullView,
  action: string,
  label: string,
  className = '',
): Html {
  const path = `/${view.repository}/pull/${view.pull.number}/${action}`;
  return markup`<form method="post" action="${path}">
    <input type="hidden" name="token" value="${view.formToken(path)}" />
    <button type="submit" class="${className}">${label}</button>
  </form>`;
}

function actions(view: PullView): Html {
  const { pull, mergeable, repository } = view;
  if (pull.merged_at) {
    return markup`<p>
      Merged by ${pull.merged_by?.login ?? 'somebody'} on
      ${time(pull.merged_at)} as
      <a href="/${repository}/commit/${pull.merge_commit_sha ?? ''}">${(pull.merge_commit_sha ?? '').slice(0, 7)}</a>. The sync loop applies it to the cluster.
    </p>`;
  }
  if (pull.state !== 'open') return markup`<p>Closed without a merge.</p>`;
  return mergeable
    ? markup`<div>
        ${button(view, 'merge', 'Merge pull request', 'go')}${button(view, 'approve', 'Approve')}${button(view, 'request-changes', 'Ask for changes')}${button(view, 'close', 'Close pull request')}
      </div>`
    : markup`<p role="status">
          <strong>This branch has conflicts with ${pull.base.ref}.</strong> Both
          changed the same file. Close it and open a new one from the newest
          ${pull.base.ref}.
        </p>
        ${button(view, 'close', 'Close pull request')}`;
}

/** One pull request with its changes. */
export function pullPage(view: PullView): Html {
  const { pull, files, repository } = view;
  return markup`${view.notice !== undefined && markup`<p role="alert" class="box note">${view.notice}</p>`}
    <h1>${pull.title} <span class="dim">#${pull.number}</span></h1>
    <p>
      ${stateBadge(pull)}
      <strong>${pull.user?.login ?? 'Somebody'}</strong> wants to merge
      <a href="/${repository}/tree/${urlPath(pull.head.ref)}"
        ><code>${pull.head.ref}</code></a
      >
      into
      <a href="/${repository}/tree/${urlPath(pull.base.ref)}"
        ><code>${pull.base.ref}</code></a
      >, opened ${time(pull.created_at)}.
    </p>
    <section class="box" aria-label="Description">
      <div class="text">${markdown(pull.body || 'No description.')}</div>
    </section>
    ${reviewSection(view.reviews, view.checks)} ${actions(view)}
    <h2>${files.length} changed ${files.length === 1 ? 'file' : 'files'}</h2>
    ${files.map(fileDiff)}`;
}
