import { watchOutsideUse } from '../../db/outside-use.js';

watchOutsideUse();
