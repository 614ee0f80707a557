// The provider's own pages: plain, readable by a screen reader, nothing from elsewhere.

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text) => String(text ?? '').replace(/[&<>"']/g, (c) => escapes[c]);

const page = (title, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>
body { font: 1.125rem/1.5 Arial, sans-serif; color: #1b1b1b; background: #f3f3f3; margin: 0 }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff; border-top: .5rem solid #7c2855 }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem }
label { display: block; font-weight: bold; margin-top: 1rem }
input { box-sizing: border-box; width: 100%; font: inherit; padding: .5rem; border: 2px solid #1b1b1b }
button { font: inherit; font-weight: bold; margin-top: 1.5rem; padding: .6rem 1.2rem; color: #fff; background: #7c2855; border: 2px solid #7c2855; cursor: pointer }
input:focus, button:focus, a:focus { outline: 3px solid #1b1b1b; outline-offset: 2px }
a { color: #1d4f91 }
.problem { border-left: .4rem solid #b1000e; padding-left: .8rem; font-weight: bold }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;

/** The page where people sign in. */
export const signInPage = ({ name, action, decline, username, failed }) =>
  page(
    `${failed ? 'Error: ' : ''}Sign in – ${name}`,
    `<h1>${safe(name)}: sign in</h1>
${failed ? '<p class="problem" role="alert" id="problem">The user name or password is wrong, or the account is disabled.</p>' : ''}
<form method="post" action="${safe(action)}">
<label for="username">User name</label>
<input id="username" name="username" value="${safe(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${failed ? ' aria-describedby="problem"' : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<p><a href="${safe(decline)}">Do not sign in</a></p>`,
  );

/** The page that asks whether to sign out here too. The form is the library's, and safe. */
export const signOutPage = ({ name, form }) =>
  page(
    `Sign out – ${name}`,
    `<h1>${safe(name)}: sign out?</h1>
${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );

/** What is said when there is nothing to do. */
export const messagePage = ({ name, title, text }) => page(`${title} – ${name}`, `<h1>${safe(title)}</h1><p>${safe(text)}</p>`);
