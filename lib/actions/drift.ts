'use server';

import * as guarded from '@/lib/features/drift/drift-approvals/incident-operations';
import * as approvals from '@/lib/features/drift/drift-approvals/operations';
import * as detection from '@/lib/features/drift/drift-detection/operations';
import * as policies from '@/lib/features/drift/drift-policies/operations';
import * as reports from '@/lib/features/drift/drift-reports/operations';
import * as incidents from '@/lib/features/drift/incidents/operations';
import * as reconciliation from '@/lib/features/drift/reconciliation/operations';
import { action } from '@/lib/server/action';

export const checkDrift = action(detection.checkDrift);
export const acknowledgeIncident = action(guarded.acknowledgeIncident);
export const extendIncident = action(guarded.extendIncident);
export const stabilizeIncident = action(incidents.stabilizeIncident);
export const noteOnIncident = action(incidents.noteOnIncident);
export const resolveIncident = action(reconciliation.resolveIncident);
export const updateIncident = action(incidents.updateIncident);
export const requestDriftApproval = action(approvals.requestDriftApproval);
export const approveDriftApproval = action(approvals.approveDriftApproval);
export const rejectDriftApproval = action(approvals.rejectDriftApproval);
export const cancelDriftApproval = action(approvals.cancelDriftApproval);
export const pruneDriftHistory = action(reports.pruneDriftHistory);
export const updateDriftPolicy = action(policies.updateDriftPolicy);
