'use server';

import * as invitations from '@/lib/features/identity/teams/invitation-operations';
import * as members from '@/lib/features/identity/teams/operations';
import { action } from '@/lib/server/action';

export const inviteMember = action(invitations.inviteMember);
export const resendInvitation = action(invitations.resendInvitation);
export const revokeInvitation = action(invitations.revokeInvitation);
export const previewInvitation = action(invitations.previewInvitation);
export const acceptInvitation = action(invitations.acceptInvitation);
export const updateMember = action(members.updateMember);
export const removeMember = action(members.removeMember);
export const makeResetLink = action(members.makeResetLink);
