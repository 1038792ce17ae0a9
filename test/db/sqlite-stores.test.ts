import { testStores } from '../contracts/stores.js';
import { openTestStores } from '../support/sqlite.js';

testStores('SQLite', openTestStores);
