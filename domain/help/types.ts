/** 求助: somebody at a kiosk asks for a person. Stream `help:<uuid>`, written by the kiosk and by whoever goes there. */
export interface HelpCalled {
  terminal: string;
  floor: number;
  at: string;
}

export interface HelpBodies {
  'help.called': HelpCalled;
  'help.answered': { at: string };
}

export interface HelpRecord extends HelpCalled {
  id: string;
  version: number;
  /** Who said that he goes, and when; null: nobody yet. */
  answered: { at: string; by: string } | null;
}
