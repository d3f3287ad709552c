/** Begins the page anew at a place: after a crash, or where the server has a newer page. */
let reload = (fragment: string): void => {
  history.replaceState(null, '', fragment);
  location.reload();
};

/** How it is done from now on: a document without an address of its own cannot be loaded again. */
export function reloadBy(other: (fragment: string) => void): void {
  reload = other;
}

/** Everything anew, at what that fragment names. */
export function reloadAt(fragment: string): void {
  reload(fragment);
}
