"""`python -m voicegen`: the same as the command `voicegen`."""

from voicegen.cli import main

if __name__ == "__main__":
    main()
