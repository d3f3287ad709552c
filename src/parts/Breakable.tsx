import { Fragment } from 'react';

/** A text in which paths may be broken after each slash and names after each underscore, and nowhere else within a name. */
export function Breakable({ text }: { text: string }) {
  // Each part belongs to its place in the text.
  // oxlint-disable-next-line react/no-array-index-key
  return text.match(/[^/_]*(?:[/_]+|$)/g)?.map((part, i) => <Fragment key={i}>{i > 0 && <wbr />}{part}</Fragment>);
}
