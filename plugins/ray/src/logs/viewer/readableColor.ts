/** The lowest contrast for readable text, by WCAG. */
const LEAST_CONTRAST = 3;

/** Relative luminance of a color `#rrggbb`, by WCAG 2.2. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colors `#rrggbb`, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The color or, if it isn't readable on the background, black or white. */
export function readableColor(color: string, background: string): string {
  if (contrast(color, background) >= LEAST_CONTRAST) {
    return color;
  }
  return contrast('#ffffff', background) > contrast('#000000', background)
    ? '#ffffff'
    : '#000000';
}
