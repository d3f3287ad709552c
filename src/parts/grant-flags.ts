/** The flags of a version 1 grant entry in words. Pure. */
import { GTF } from '../abi/grant-table.ts';

/** Each flag that is set, by name; the entry's type among them. */
export function flagNames(flags: number): string[] {
  const type = flags & GTF.type_mask;
  const names = type === 0 ? [] : [type === GTF.permit_access ? 'permit' : type === GTF.accept_transfer ? 'accept transfer' : 'transitive'];
  if ((flags & GTF.readonly) !== 0) names.push('read-only');
  if ((flags & GTF.reading) !== 0) names.push('reading');
  if ((flags & GTF.writing) !== 0) names.push('writing');
  return names;
}

/** All of them in one phrase. */
export function flagWords(flags: number): string {
  return flagNames(flags).join(', ') || 'none set';
}

/** The number, and what it stands for. */
export function flagsText(flags: number): string {
  return `0x${flags.toString(16).padStart(4, '0')} (${flagWords(flags)})`;
}
