/** A head node that sends work to its workers. */
export const LogoMark = () => (
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden focusable="false">
    <g stroke="#5ec8f2" strokeWidth="2.5" strokeLinecap="round">
      <path d="M9 16 24 6" />
      <path d="M9 16h17" />
      <path d="M9 16l15 10" />
    </g>
    <circle cx="8.5" cy="16" r="5.5" fill="#fff" />
    <g fill="#5ec8f2">
      <circle cx="25" cy="5.5" r="3.5" />
      <circle cx="27" cy="16" r="3.5" />
      <circle cx="25" cy="26.5" r="3.5" />
    </g>
  </svg>
);
