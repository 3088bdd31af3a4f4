/* global document, history, location, sessionStorage, SwaggerUIBundle, URL, URLSearchParams */
// Shows the documents of the host that serves this page, and lends the viewer the token that the user types in. The
// token stays in the session storage of the tab: it is gone when the tab is closed.

const TOKEN_KEY = 'bulkhead.token';
const ALL = '';

const plugin = document.querySelector('#plugin');
const token = document.querySelector('#token');
const notice = document.querySelector('#notice');

/** The host as the browser reaches it, which need not be how it calls itself. */
const here = new URL('.', location.href).href.replace(/\/$/, '');

let choice = new URLSearchParams(location.search).get('plugin') ?? ALL;

token.value = sessionStorage.getItem(TOKEN_KEY) ?? '';

document.querySelector('#sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(TOKEN_KEY, token.value.trim());
  show();
});

plugin.addEventListener('change', () => {
  choice = plugin.value;
  history.replaceState(null, '', choice === ALL ? location.pathname : `?plugin=${encodeURIComponent(choice)}`);
  show();
});

/** Fetches a document; tells the user why if there is none. */
async function load(path) {
  const value = token.value.trim();
  const response = await fetch(`${here}/${path}`, {
    headers: value === '' ? {} : { Authorization: `Bearer ${value}` },
  });
  const body = await response.json();
  if (response.ok) return body;
  if (response.status === 401) throw new Error('The documents need a token: type one in and use it.');
  throw new Error(body.error?.message ?? `The host answered ${response.status}.`);
}

/** Lists the plugins of a merged document, which stand there as the first part of each operation's name. */
function listPlugins(merged) {
  const ids = Object.keys(merged.paths).map((path) => path.split('/')[2]);
  plugin.replaceChildren(
    ...[ALL, ...new Set(ids)].map((id) => {
      const option = document.createElement('option');
      option.value = id;
      option.textContent = id === ALL ? 'all' : id;
      return option;
    }),
  );
  if (![...plugin.options].some(({ value }) => value === choice)) choice = ALL;
  plugin.value = choice;
}

/** Lets operations be tried out at the host that serves the page, by whatever name the browser knows it. */
function atThisHost(shown, hostUrl) {
  const servers = shown.servers.map((server) =>
    server.url === hostUrl || server.url.startsWith(`${hostUrl}/`)
      ? { ...server, url: here + server.url.slice(hostUrl.length) }
      : server,
  );
  return { ...shown, servers };
}

function tellOfMissing(merged) {
  const missing = merged['x-unavailable-plugins'] ?? [];
  notice.textContent = missing.map(({ pluginId, reason }) => `${pluginId} ${reason}.`).join(' ');
}

async function show() {
  try {
    const merged = await load('api/openapi.json');
    listPlugins(merged);
    tellOfMissing(merged);
    const shown = choice === ALL ? merged : await load(`api/${choice}/openapi.json`);
    render(atThisHost(shown, merged.servers[0].url));
  } catch (error) {
    document.querySelector('#viewer').replaceChildren();
    notice.textContent = error.message;
  }
}

function render(spec) {
  const ui = SwaggerUIBundle({
    spec,
    dom_id: '#viewer',
    deepLinking: true,
    displayRequestDuration: true,
    // Would send the document to a public service.
    validatorUrl: null,
    persistAuthorization: false,
    onComplete: () => authorize(ui, spec),
  });
}

function authorize(ui, spec) {
  const value = token.value.trim();
  for (const [name, scheme] of Object.entries(spec.components?.securitySchemes ?? {})) {
    if (value !== '' && scheme.type === 'http') ui.preauthorizeApiKey(name, value);
  }
}

show();
