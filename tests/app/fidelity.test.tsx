// @vitest-environment happy-dom
import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import Fidelity from '../../src/app/Fidelity.tsx';
import { fidelity } from '../../src/content/fidelity.ts';

describe('the list of what is modelled, and how', () => {
  it('has every row, by kind', () => {
    const { container } = render(<Fidelity />);
    expect(screen.getAllByRole('article', { hidden: true })).toHaveLength(fidelity.length);
    const kinds = [...container.querySelectorAll('summary')].map(({ textContent }) => textContent);
    expect(kinds.map((text) => /^\w+ \d+/.exec(text)?.[0])).toEqual(
      (['composite', 'simplified', 'absent', 'exact'] as const).map((kind) => {
        const count = fidelity.filter((row) => row.kind === kind).length;
        return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${count}`;
      }),
    );
  });

  it('leaves the rows that hold the words searched for, in any case', () => {
    render(<Fidelity />);
    fireEvent.change(screen.getByRole('searchbox', { name: /Search/ }), { target: { value: 'TX-RING-ORDER' } });
    const rows = screen.getAllByRole('article', { hidden: true });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(fidelity.length);
    for (const row of rows) expect(row.textContent.toLowerCase()).toContain('tx-ring-order');
  });
});
