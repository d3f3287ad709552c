import rows from './en/fidelity.json';

/**
 * One difference, or agreement, between the real thing and the model.
 * exact: the same steps and bytes. composite: from a tree that was never merged, or ours where the text says so.
 * simplified: the same outcome by a shorter way. absent: not modelled.
 */
export interface FidelityRow {
  area: string;
  kind: 'exact' | 'composite' | 'simplified' | 'absent';
  /** The three texts are plain, with `code` marks. */
  what: string;
  /** What Linux 6.12.117 or Xen 4.23-dev does. */
  real: string;
  /** What happens here, and why it may. */
  here: string;
}

/** Every row, in the order of its areas; docs/fidelity.md is made from the same file. */
export const fidelity = rows as readonly FidelityRow[];
