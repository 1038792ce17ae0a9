/** An answer with one of Discord's own error codes. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export const unknownChannel = () => new ApiError(404, 10_003, 'Unknown Channel');
export const unknownGuild = () => new ApiError(404, 10_004, 'Unknown Guild');
export const unknownMember = () => new ApiError(404, 10_007, 'Unknown Member');
export const unknownMessage = () => new ApiError(404, 10_008, 'Unknown Message');
export const unknownWebhook = () => new ApiError(404, 10_015, 'Unknown Webhook');
export const unknownInteraction = () => new ApiError(404, 10_062, 'Unknown interaction');
export const alreadyAcknowledged = () =>
  new ApiError(400, 40_060, 'Interaction has already been acknowledged.');
export const missingAccess = () => new ApiError(403, 50_001, 'Missing Access');
export const notByYou = () => new ApiError(403, 50_005, 'Cannot edit a message authored by another user');
export const noDirects = () => new ApiError(403, 50_007, 'Cannot send messages to this user');
export const missingPermissions = () => new ApiError(403, 50_013, 'Missing Permissions');
export const invalidToken = () => new ApiError(401, 50_027, 'Invalid Webhook Token');
export const invalidForm = (faults: readonly string[]) =>
  new ApiError(400, 50_035, `Invalid Form Body: ${faults.join('; ')}`);
export const threadExists = () =>
  new ApiError(400, 160_004, 'A thread has already been created for this message');
export const unauthorized = () => new ApiError(401, 0, '401: Unauthorized');
