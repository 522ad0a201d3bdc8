import { makeStyles } from '@material-ui/core/styles';
import { LOG_COLORS } from './textCss';

/** Height of one row of text, in pixels. */
export const ROW_HEIGHT = 19;
/** Width of the time column, in characters. */
export const TIME_COLUMNS = 14;

/** Free space after each line, in characters. */
export const END_COLUMNS = 4;

export const useRowStyles = makeStyles({
  row: {
    display: 'flex',
    minHeight: ROW_HEIGHT,
    lineHeight: `${ROW_HEIGHT}px`,
    minWidth: '100%',
    '&:hover': { background: LOG_COLORS.hover },
    // Stacked combining marks must not cover other lines.
    overflowY: 'clip',
    '& mark': { color: '#fff', background: LOG_COLORS.match },
    '& mark[data-current]': {
      color: '#000',
      background: LOG_COLORS.current,
    },
    '& a': { color: LOG_COLORS.link },
    // The text of a link can lie, so also show its host.
    '& a[data-host]::after': {
      content: '" ‹" attr(data-host) "›"',
      color: LOG_COLORS.muted,
    },
  },
  selected: { background: `${LOG_COLORS.selection} !important` },
  current: {
    boxShadow: `inset 3px 0 0 ${LOG_COLORS.current}`,
  },
  away: {
    position: 'absolute',
    height: 1,
    minHeight: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
  fold: {
    marginRight: '1ch',
    padding: '0 1ch',
    border: 0,
    borderRadius: 3,
    font: 'inherit',
    lineHeight: `${ROW_HEIGHT - 3}px`,
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    userSelect: 'none',
    color: LOG_COLORS.text,
    background: LOG_COLORS.line,
  },
  number: {
    flex: 'none',
    alignSelf: 'flex-start',
    padding: '0 2ch 0 0',
    border: 0,
    background: 'none',
    font: 'inherit',
    textAlign: 'right',
    cursor: 'pointer',
    userSelect: 'none',
    color: LOG_COLORS.muted,
    '&:focus-visible': {
      outline: `2px solid ${LOG_COLORS.link}`,
      outlineOffset: -2,
    },
    '&:hover': { color: LOG_COLORS.text, textDecoration: 'underline' },
  },
  time: {
    flex: 'none',
    width: `${TIME_COLUMNS}ch`,
    whiteSpace: 'pre',
    userSelect: 'none',
    color: LOG_COLORS.muted,
  },
  source: { flex: 'none', paddingRight: '1ch' },
  json: { display: 'block' },
  // A line that is empty has a height too.
  jsonLine: { display: 'block', minHeight: ROW_HEIGHT },
  text: { flex: '1 1 auto', minWidth: 0, paddingRight: `${END_COLUMNS}ch` },
  absent: { color: LOG_COLORS.muted, userSelect: 'none' },
  marker: {
    paddingLeft: '2ch',
    color: LOG_COLORS.muted,
    fontStyle: 'italic',
    whiteSpace: 'pre-wrap',
  },
  gap: { color: '#e3b341' },
  end: {},
  waiting: {},
});

export type LogRowClasses = ReturnType<typeof useRowStyles>;
