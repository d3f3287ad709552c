import { controlsWords } from '../../content/controls.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { THEMES, appStore, useApp } from '../../store/store.ts';
import type { Theme } from '../../store/store.ts';
import { currentAddress } from '../../store/share.ts';
import css from './controls.module.css';

const t = controlsWords;

/** Copies the address of this step. */
export function CopyLink() {
  return <CopyButton name={t.copyLink} make={() => currentAddress(appStore.getState(), location.href)} />;
}

/** Opens all the ways to share this step. */
export function ShareButton({ onOpen }: { onOpen: () => void }) {
  return <button type="button" className="button" aria-haspopup="dialog" onClick={onOpen}>{t.share}</button>;
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
