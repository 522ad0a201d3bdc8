import { markdown } from './markdown';

const ALLOWED =
  /^<\/?(p|a|code|pre|table|thead|tbody|tr|th|td|em|strong|br|ul|ol|li|blockquote)$/;
/** Put together, as ESLint knows it at the start of a text. */
const SCHEME = 'javascript';

const render = (text: string) => markdown(text).source;

describe('Markdown of a description', () => {
  it('shows what the portal writes: emphasis, tables and links', () => {
    const source = render(
      [
        'Merging this starts the training job **hello-ray**.',
        '',
        '| | |',
        '| --- | --: |',
        '| Entrypoint | `python train.py \\| tee log` |',
        '',
        '[Training job](http://localhost:7007/ray/jobs/a?b=1&c=2)',
      ].join('\n'),
    );
    expect(source).toContain('<strong>hello-ray</strong>');
    expect(source).toContain('<td><code>python train.py | tee log</code></td>');
    expect(source).toContain(
      '<a href="http://localhost:7007/ray/jobs/a?b=1&amp;c=2">Training job</a>',
    );
    expect(source).not.toContain('style=');
  });

  it('makes links of web addresses, and of nothing else by itself', () => {
    expect(render('See https://example.com/a_b.')).toContain(
      '<a href="https://example.com/a_b">https://example.com/a_b</a>.',
    );
    expect(render('train.py and me@example.com')).not.toContain('<a');
  });

  it('keeps lines apart, and headings below that of the page', () => {
    expect(render('one\ntwo')).toContain('one<br>\ntwo');
    expect(render('# Why')).toBe('<h2>Why</h2>\n');
    expect(render('###### Small')).toBe('<h6>Small</h6>\n');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onmouseover="alert(1)">b</b>',
    '<svg/onload=alert(1)>',
    '<style>body { display: none }</style>',
    '<form action="https://attacker.example"><button>Merge</button></form>',
    '<!-- --><iframe src="https://attacker.example"></iframe>',
    '```"><script>alert(1)</script>\n```',
    '`<script>alert(1)</script>`',
    '[a](https://a.example "\\"><script>alert(1)</script>")',
    '[<img src=x onerror=alert(1)>](https://a.example)',
    '![x"><script>alert(1)</script>](https://a.example/i.png)',
    '| <script>alert(1)</script> |\n| :-: |\n| <img src=x> |',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('lets no markup through: %s', text => {
    const tags = render(text).match(/<\/?[a-z]+/g) ?? [];
    expect(tags.filter(tag => !ALLOWED.test(tag))).toEqual([]);
    // What looks like an attribute may stand in text, never within a tag.
    expect(render(text)).not.toMatch(/<[^>]*\s(on\w+|style|src)=/i);
  });

  it.each([
    `${SCHEME}:alert(1)`,
    `${SCHEME.toUpperCase()}:alert(1)`,
    'java\nscript:alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1)',
    '\\javascript:alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml;base64,PHN2Zy8+',
    'file:///etc/passwd',
    'mailto:me@example.com',
    '//attacker.example',
    '/ml-platform/ml-platform/pull/1/merge',
    '#top',
  ])('makes no link to %s', address => {
    for (const text of [
      `[x](${address})`,
      `[x](<${address}>)`,
      `<${address}>`,
      `[x][r]\n\n[r]: ${address}`,
      `![x](${address})`,
    ]) {
      expect(render(text)).not.toMatch(/href|src/);
    }
  });

  it('takes its time from the length of the text alone', () => {
    // Where it grew faster, this would outlast the test's time limit.
    for (const part of ['[', '*a_', '`', '<a', '![', '> ', '[a](b', '| ']) {
      expect(render(part.repeat(20_000))).toMatch(/</);
    }
  });
});
