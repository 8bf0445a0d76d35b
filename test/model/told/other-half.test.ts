import { liveHalf } from './lives.ts';

liveHalf(20_261_129);
