import { words } from '../../content/words.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { THEMES, appStore, useApp } from '../../store/store.ts';
import type { Theme } from '../../store/store.ts';
import { currentAddress, embedSnippet } from '../../store/share.ts';
import css from './controls.module.css';

const t = words.controls;

/** Copies the address of this step. */
export function CopyLink() {
  return <CopyButton name={t.copyLink} make={() => currentAddress(appStore.getState(), location.href)} />;
}

/** Copies what a documentation page needs to show this step. */
export function CopyEmbed() {
  return <CopyButton name={t.embed} make={() => embedSnippet(appStore.getState(), location.href)} />;
}

/** Light, dark, or as the system says. */
export function ThemeChoice() {
  const theme = useApp((state) => state.theme);
  return (
    <label className={css.field}>
      <span className="visually-hidden">{t.theme}</span>
      <select
        className="button"
        value={theme}
        title={t.theme}
        onChange={({ target }) => appStore.setState({ theme: target.value as Theme })}
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
