// Loaded into n8n before it starts. n8n serves its `openapi.yml` through the file server `send`, which by default
// refuses every path with a hidden folder in it: installed below `.cache`, n8n would answer 500. Nothing else changes.
const Module = require('node:module');

const load = Module._load;

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== 'send' || typeof loaded !== 'function') return loaded;
  const send = (incoming, path, options) => loaded(incoming, path, { dotfiles: 'allow', ...options });
  return Object.assign(send, loaded);
};
