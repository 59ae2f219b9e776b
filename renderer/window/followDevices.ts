import { findReturning } from './form/returning.ts';
import { isCaseDialog, type Workspace } from './workspaceTypes.ts';

/** What a card, its photo and a key over another program do to the workspace; nothing while nobody is signed in. */
export function followDevices(workspace: Workspace, active: () => boolean): void {
  const { cases, desk, form, view } = workspace;
  const { client } = workspace.app;
  // A card is navigation: it opens the form wherever the clerk is (faces.md).
  client.on('identity.card', ({ card }) => {
    if (!active()) return;
    const { overlay } = view.getState();
    if (isCaseDialog(overlay)) {
      // Inside a dialog a card names the person there; nothing that was entered is lost by it.
      if (overlay === 'T34') view.setState({ receiverCard: card });
      return;
    }
    if (desk.claimsCard()) {
      void desk.cardLaid(card);
      return;
    }
    void desk.serve();
    cases.getState().close();
    view.setState({ view: 'form', overlay: 'none', handEntry: null, freshCase: null });
    void findReturning(client, card.number).then((returning) => view.setState({ returning }));
    if (form.getState().pendingCard) workspace.focusOn('card-question');
    else workspace.focusNext();
  });
  client.on('identity.photo', ({ number, image }) => {
    if (!active()) return;
    const photo = `data:${image.type};base64,${image.base64}`;
    view.setState(({ photos }) => ({ photos: { ...photos, [number]: photo } }));
  });
  client.on('shortcut.pressed', ({ verb }) => {
    if (active()) void desk.press(verb);
  });
}
