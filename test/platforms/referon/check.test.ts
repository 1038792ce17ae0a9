import { referon } from '../../../src/platforms/referon/referon.js';
import { platformContract } from '../../contracts/platform.js';

platformContract(referon);
