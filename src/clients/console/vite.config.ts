import { defineConfig } from 'vite';

/** Builds the console; `vite src/clients/console` serves it during development, with the API of a running `npm start`. */
export default defineConfig({
  build: {
    // The policy allows no inline script, and every browser that runs the console preloads modules by itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:3000' } },
});
