import MarkdownIt from 'markdown-it';
import { Html } from './html';

/**
 * Markdown as people write it in descriptions: a line break is one, a web
 * address is a link. It comes from anybody: raw HTML stays text, links go to
 * the web only, and images, which the pages' policy would not load, are links
 * at the most.
 */
const renderer = new MarkdownIt({ html: false, linkify: true, breaks: true })
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
        token.attrs = token.attrs?.filter(([name]) => name !== 'style') ?? null;
      }
    });
  });

/** Renders Markdown to markup that is safe to put into a page. */
export function markdown(text: string): Html {
  return new Html(renderer.render(text));
}

/** The page's own title is its only `h1`. */
function belowTitle(tag: string): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 1)}`;
}
