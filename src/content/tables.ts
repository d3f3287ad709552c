import tables from './en/tables.json';

/** The words of the lenses for grants, events and xenstore. */
export const tableWords = tables;
