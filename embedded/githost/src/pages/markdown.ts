import MarkdownIt from 'markdown-it';
import { Html } from './html';

/**
 * Markdown that anybody may have written: raw HTML stays text, links go to the web
 * only, and images, which the pages' policy wouldn't load, are links at most.
 */
const renderer = (options: { readonly breaks: boolean }) =>
  new MarkdownIt({ html: false, linkify: true, ...options })
    .disable('image')
    .use(md => {
      md.validateLink = address => /^https?:\/\//i.test(address);
      md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
      md.core.ruler.push('fit_into_page', ({ tokens }) => {
        for (const token of tokens) {
          if (/^heading_/.test(token.type)) {
            token.tag = belowTitle(token.tag);
          }
          // The pages' policy allows no inline style, as columns have.
          token.attrs =
            token.attrs?.filter(([name]) => name !== 'style') ?? null;
        }
      });
    });

const ofDescriptions = renderer({ breaks: true });
const ofFiles = renderer({ breaks: false });

/** A description as safe markup; as on GitHub, a line break in it is one. */
export function markdown(text: string): Html {
  return new Html(ofDescriptions.render(text));
}

/** A Markdown file as safe markup. */
export function markdownFile(text: string): Html {
  return new Html(ofFiles.render(text));
}

/** The page's own title is its only `h1`. */
function belowTitle(tag: string): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 1)}`;
}
