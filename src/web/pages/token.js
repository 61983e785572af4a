// The token: asked for where the daemon wants one, and kept until the tab is closed.
import { byId } from './page.js';
import { text } from './words.js';

const TOKEN = 'tillcat-token';

/** null where none was given yet. */
export const token = () => sessionStorage.getItem(TOKEN);

export function askForToken(wasWrong) {
  byId('desk').hidden = true;
  byId('token-form').hidden = false;
  if (wasWrong) byId('token-result').textContent = text('token.wrong');
  byId('token').focus();
}

export function whenTokenGiven(goOn) {
  byId('token-form').addEventListener('submit', (event) => {
    event.preventDefault();
    sessionStorage.setItem(TOKEN, byId('token').value.trim());
    goOn();
  });
}
