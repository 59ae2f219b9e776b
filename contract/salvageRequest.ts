/** An empty file of this name in the data folder: the next start salvages first, with the key that only the program has. */
export const SALVAGE_REQUEST_FILE = 'salvage-now';
