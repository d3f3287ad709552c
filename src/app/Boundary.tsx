import { Component } from 'react';
import type { ReactNode } from 'react';
import { fill, words } from '../content/words.ts';

interface State {
  reason: string | null;
}

/** Keeps a defect in one part of the page from taking the others with it. */
export class Boundary extends Component<{ children: ReactNode }, State> {
  override state: State = { reason: null };

  static getDerivedStateFromError(error: unknown): State {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === null) return this.props.children;
    return (
      <div role="alert" className="failed">
        <p>
          <strong>{words.app.failed}</strong>
        </p>
        <p>{fill(words.app.failedHow, { reason })}</p>
        <button type="button" className="button" onClick={() => this.setState({ reason: null })}>
          {words.app.retry}
        </button>
      </div>
    );
  }
}
