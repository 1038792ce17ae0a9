import { affilka } from '../../../src/platforms/affilka/affilka.js';
import { platformContract } from '../../contracts/platform.js';

platformContract(affilka);
