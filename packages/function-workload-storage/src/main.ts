import { serve } from '@crossplane-org/function-sdk-typescript';
import { answer } from './answer';

serve(answer, { name: 'function-workload-storage' });
