/** Keys of xenstore in words. Pure. */
import { tableWords } from '../../../content/tables.ts';
import { fill, words } from '../../../content/words.ts';
import type { PartyId } from '../../../store/view.ts';

const t = tableWords.xenstore;

/** In a permission list: every domain. */
const ANY = 32757;

/** Each entry of a permission list in words; the first names the owner and what whoever is not named may do. */
export function permsWords(perms: readonly string[]): string[] {
  const said = perms.map((entry, place) => {
    const may = t.may[entry.charAt(0) as keyof typeof t.may] ?? entry;
    const domain = Number(entry.slice(1));
    if (place === 0) return fill(t.owner, { domain, may });
    return domain === ANY ? fill(t.any, { may }) : fill(t.named, { domain, may });
  });
  return perms[0]?.slice(1) === '0' ? said : [...said, t.privileged];
}

/** A permission list as it is kept, and what it means. */
export function permsSentence(perms: readonly string[]): string {
  return `${fill(t.permsHint, { perms: perms.join(' '), words: permsWords(perms).join('; ') })}.`;
}

/** Parties by name, each once. */
export function names(parties: readonly PartyId[]): string {
  return [...new Set(parties)].map((party) => words.party[party]).join(', ');
}
