import { Link } from '@backstage/core-components';
import { isHttpUrl } from '@ml-platform/rayjob';
import { foreignText } from './foreignText';

export interface WebLinkProps {
  readonly url: unknown;
  /** Text of the link. */
  readonly children: unknown;
}

/** A link to a web page, or just its text if the address isn't http or https. */
export const WebLink = ({ url, children }: WebLinkProps) => {
  const text = foreignText(children);
  return typeof url === 'string' && isHttpUrl(url) ? (
    <Link to={url}>{text}</Link>
  ) : (
    <>{text}</>
  );
};
