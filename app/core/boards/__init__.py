"""Rules of the live board: what may enter it, and how its document is read and written."""
