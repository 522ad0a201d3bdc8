import { createHash } from 'node:crypto';
import { Response } from 'express';
import { Html, markup } from './html';

const STYLE = `
:root { color-scheme: light dark;
  --line: light-dark(#d0d7de, #3d444d); --soft: light-dark(#f6f8fa, #1b2027);
  --text: light-dark(#1f2328, #e6edf3); --dim: light-dark(#59636e, #9aa4af);
  --link: light-dark(#0550ae, #79b8ff); --added: light-dark(#dafbe1, #12331d);
  --removed: light-dark(#ffebe9, #3c1618); --go: #1a7f37; --stop: #cf222e; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--text);
  background: light-dark(#fff, #0d1117); }
header, main { max-width: 70rem; margin: 0 auto; padding: .75rem 1.25rem; }
.bar { border-bottom: 1px solid var(--line); background: var(--soft); }
nav { display: flex; gap: 1.25rem; flex-wrap: wrap; }
nav strong a { color: inherit; }
a { color: var(--link); }
h1 { font-size: 1.5rem; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
.dim { color: var(--dim); }
.state { display: inline-block; padding: .1rem .6rem; border-radius: 1rem;
  color: #fff; background: #59636e; font-weight: 600; }
.state.open { background: var(--go); } .state.merged { background: #8250df; }
.state.closed { background: var(--stop); }
.box { border: 1px solid var(--line); border-radius: .4rem; margin: .75rem 0; overflow: hidden; }
.box > :first-child { margin: 0; }
.box h2, .box h3 { font: 600 .9rem ui-monospace, monospace; margin: 0; padding: .5rem .8rem;
  background: var(--soft); border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.note { margin: 0; padding: .8rem; }
.text { overflow-wrap: anywhere; padding: .8rem; }
.text > * { margin: 0 0 .8rem; } .text > :last-child { margin: 0; }
.text h2, .text h3 { font: 600 1.05rem system-ui, sans-serif; padding: 0; background: none; border: 0; }
.text pre { overflow-x: auto; padding: .6rem; background: var(--soft); }
.text code { font: 13px/1.45 ui-monospace, monospace; }
.text table { width: auto; } .text th:empty { display: none; }
.code { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .8rem; vertical-align: top; }
tr + tr td { border-top: 1px solid var(--line); }
.code table { font: 13px/1.45 ui-monospace, monospace; }
.code td { padding: 0 .6rem; white-space: pre; border: 0; }
.code td.n { color: var(--dim); text-align: right; user-select: none; width: 1%; }
.code tr.added { background: var(--added); } .code tr.removed { background: var(--removed); }
.code tr.hunk td { white-space: normal; color: var(--dim); background: var(--soft); padding: .2rem .6rem; }
form { display: inline-block; margin: .5rem .5rem .5rem 0; }
button { font: inherit; font-weight: 600; padding: .4rem 1rem; border-radius: .4rem;
  border: 1px solid var(--line); background: var(--soft); color: var(--text); cursor: pointer; }
button.go { background: var(--go); border-color: var(--go); color: #fff; }
button:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  readonly title: string;
  /** `owner/name` */
  readonly repository: string;
  readonly portalUrl?: string;
  readonly body: Html;
}

/** Sends a page: nothing in it runs, and nothing is loaded from elsewhere. */
export function sendPage(res: Response, page: Page, status = 200): void {
  const { title, repository, portalUrl, body } = page;
  const root = `/${repository}`;
  const document = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${repository}</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        <div class="bar">
          <header>
            <nav aria-label="Repository">
              <strong><a href="${root}">${repository}</a></strong>
              <a href="${root}/pulls">Pull requests</a>
              <a href="${root}/commits/main">Commits</a>
              ${portalUrl !== undefined && markup`<a href="${portalUrl}">Portal</a>`}
            </nav>
          </header>
        </div>
        <main>${body}</main>
      </body>
    </html> `;
  res
    .status(status)
    .set({
      'Content-Security-Policy': POLICY,
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    })
    .end(document.source);
}
