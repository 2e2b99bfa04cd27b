import type { Page } from 'playwright';

/** What a person does in the popup to be in a party. */
export async function joinByPopup(popup: Page, name: string, invite: string): Promise<void> {
  await popup.getByLabel('Your name').fill(name);
  await popup.getByLabel('Invite link or party name').fill(invite);
  await popup.getByRole('button', { name: 'Join', exact: true }).click();
  await popup.getByRole('button', { name: /^Leave/ }).waitFor();
}
