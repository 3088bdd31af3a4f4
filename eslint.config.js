import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/', '**/generated/', '**/coverage/', 'benchmarks/', 'compat/'] },
  eslint.configs.recommended,
  tseslint.configs.recommended,
);
