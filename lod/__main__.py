"""`python -m lod` is the command `lod`."""

from lod.cli.main import main

if __name__ == "__main__":
    main()
