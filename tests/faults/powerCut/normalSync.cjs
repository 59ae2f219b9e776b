// Preloaded (`node -r`) by powerCut.test.ts alone: every file is opened with `synchronous=NORMAL` and says it were FULL,
// which is what forgetting the pragma at a re-open would be. The recorder must find what is lost by it.
const Database = require('better-sqlite3');

const pragma = Database.prototype.pragma;
Database.prototype.pragma = function (text, options) {
  if (/^synchronous\s*=/.test(text)) return pragma.call(this, 'synchronous=NORMAL', options);
  if (text === 'synchronous') return options?.simple ? 2 : [{ synchronous: 2 }];
  return pragma.call(this, text, options);
};
