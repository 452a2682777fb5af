"""`python -m toolkit` is the command `lansrapport`."""

from toolkit.cli.commands import main

if __name__ == "__main__":
    main()
