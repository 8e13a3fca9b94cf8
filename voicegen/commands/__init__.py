"""The commands, one file each; a file's name registers it, and they are loaded when they are called."""
