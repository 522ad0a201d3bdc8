/** A color `#rrggbb` as lightness and two axes in OKLab. */
function oklab(color: string): readonly number[] {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(0.4122215 * red + 0.5363325 * green + 0.051446 * blue);
  const m = Math.cbrt(0.2119035 * red + 0.6806995 * green + 0.107397 * blue);
  const s = Math.cbrt(0.0883025 * red + 0.2817188 * green + 0.6299787 * blue);
  return [
    0.2104543 * l + 0.7936178 * m - 0.004072 * s,
    1.9779985 * l - 2.4285922 * m + 0.4505937 * s,
    0.025904 * l + 0.7827718 * m - 0.8086758 * s,
  ];
}

/** How different two colors look: a difference of 0.02 can just be seen. */
export function colorDistance(a: string, b: string): number {
  const other = oklab(b);
  return Math.hypot(...oklab(a).map((value, i) => value - other[i]));
}
