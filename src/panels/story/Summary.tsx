import { summaries } from '../../content/summaries.ts';

/** What the scenario is about. */
export default function Summary({ scenario }: { scenario: string }) {
  const summary = summaries[scenario];
  return summary === undefined ? null : <p>{summary}</p>;
}
